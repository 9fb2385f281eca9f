import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import type { Cell, RunResult } from "../../packages/amc-engine";
import type { Sandbox } from "../sandbox";
import type { Execution } from "./execution";
import { holdingOf, tablesOf } from "./inputs";
import { declaredOf } from "./workflow-shape";

// Runs an execution's SQL on its instance's events, with the privacy thresholds, and writes the CSV of its result.

const DAY_MS = 86_400_000;
const OVERUSED =
  "Too many workflows have already been run against the same inputs in the same or overlapping time windows.";

interface ResultPaths {
  data: string;
  metadata: string;
}

export const resultPaths = (directory: string, id: string): ResultPaths => ({
  data: join(directory, `${id}.csv`),
  metadata: join(directory, `${id}-metadata.csv`),
});

export async function runExecution(
  sandbox: Sandbox,
  { execution, directory }: { execution: Execution; directory: string },
  signal: AbortSignal,
): Promise<void> {
  const instance = sandbox.amc.book.find(execution.instanceId);
  if (!instance) throw new Error(`Instance ${execution.instanceId} does not exist.`);
  if (isOverused(sandbox, execution)) throw new Error(OVERUSED);
  const { definition, window } = execution;
  const engine = await sandbox.amc.warehouse.engineOf(holdingOf(sandbox, instance), execution.tables);
  const result = await engine.run({
    sql: execution.sql,
    window: { start: new Date(window.start), end: new Date(window.end) },
    timeZone: window.zone,
    parameters: execution.parameters,
    parameterTypes: declaredOf(definition),
    controls: {
      disableAggregation: execution.disableAggregationControls,
      behavior: definition.privacyFilteringBehavior ?? "REMOVE_ROWS",
      ...(definition.filteredMetricsDiscriminatorColumn
        ? { discriminatorColumn: definition.filteredMetricsDiscriminatorColumn }
        : {}),
      ...(definition.distinctUserCountColumn ? { distinctUserCountColumn: definition.distinctUserCountColumn } : {}),
      ...(definition.filteredReasonColumn ? { filteredReasonColumn: definition.filteredReasonColumn } : {}),
    },
    tables: tablesOf(instance),
    now: new Date(sandbox.clock.now()),
    signal,
  });
  execution.outputColumns = result.columns.map(({ name, dataType, columnType }) => ({ name, dataType, columnType }));
  writeResult(resultPaths(directory, execution.id), execution, result);
}

/** How many are too many is not documented: a setting. */
function isOverused(sandbox: Sandbox, { id, instanceId, tables, window, begun }: Execution): boolean {
  const inputs = [...tables].sort().join();
  const same = sandbox.amc.executions
    .list()
    .filter(
      (other) =>
        other.id !== id &&
        other.instanceId === instanceId &&
        other.outcome === "SUCCEEDED" &&
        other.begun.at > begun.at - DAY_MS &&
        other.window.start < window.end &&
        window.start < other.window.end &&
        [...other.tables].sort().join() === inputs,
    );
  return same.length >= sandbox.settings.amcSameInputLimit;
}

function writeResult(paths: ResultPaths, { definition }: Execution, { columns, rows }: RunResult): void {
  const format = definition.outputFormat;
  const options = {
    delimiter: format?.separatorCharacter ?? ",",
    quote: format?.quoteCharacter ?? '"',
    escape: format?.escapeCharacter ?? '"',
  };
  const names = columns.map(({ name }) => name);
  writeWhole(paths.data, stringify([names, ...rows.map((row) => row.map(textOf))], options));
  const about = columns.map(({ name, dataType, columnType }) => [name, dataType, columnType]);
  writeWhole(paths.metadata, stringify([["name", "dataType", "columnType"], ...about], options));
}

/** NULL is an empty field; arrays and rows are JSON. */
function textOf(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

function writeWhole(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

export function forgetResult(directory: string, id: string): void {
  for (const path of Object.values(resultPaths(directory, id))) rmSync(path, { force: true });
}
