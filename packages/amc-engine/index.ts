export type * from "./contract";
export { openEngine } from "./engine";
export { RefusedSql, RunFailed, RunStopped } from "./errors";
export { lint } from "./lint";
export { lintTokens } from "./lint-tokens";
export { parse } from "./parse";
export { amcTables, findTable } from "./schema";
export { normalise } from "./tokens";
