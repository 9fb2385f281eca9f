export { beginExport, writeExportName } from "./begin-export";
export { cancelExport } from "./cancel-export";
export { downloadExport } from "./download-export";
export { getExport, listExports } from "./list-exports";
export { type FileText, giveUp, writeExport } from "./write-export";
