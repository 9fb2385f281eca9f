export { customReportTypes } from "./catalogue";
export { askableAccounts, getReport } from "./list-reports";
