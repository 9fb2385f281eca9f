export { getExecution, listExecutions } from "./list-executions";
export { listBatches } from "./list-batches";
export { getInstance, listInstances } from "./list-instances";
export { getSchedule, listSchedules } from "./list-schedules";
export { getTemplate, listTemplates, listTemplateVersions } from "./list-templates";
export { listTables } from "./lint-sql";
export { getResult } from "./read-result";
