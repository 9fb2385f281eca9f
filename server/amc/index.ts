export { listComparable } from "./compare-results";
export { listTables } from "./lint-sql";
export { getBatch, listBatches } from "./list-batches";
export { getExecution, listExecutions } from "./list-executions";
export { getInstance, listAccountLoad, listInstances } from "./list-instances";
export { getSchedule } from "./list-schedules";
export { getTemplate, listTemplates, listTemplateVersions } from "./list-templates";
export { getResult } from "./read-result";
