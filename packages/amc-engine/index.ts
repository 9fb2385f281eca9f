export type * from "./contract";
export { openEngine } from "./engine";
export { RefusedSql, RunFailed, RunStopped } from "./errors";
export { lint, lintTokens } from "./lint";
export { amcTables, findTable } from "./schema";
export { normalise } from "./tokens";
