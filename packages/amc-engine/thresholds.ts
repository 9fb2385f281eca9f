// Applies Amazon's thresholds to a result that stands in the temporary table `result`: columns c0, c1, ..., who stands behind each row (__u), and how many (users).
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Hidden, OutputColumn, PrivacyControls, ThresholdClass } from "./contract";
import { quoteText } from "./quote";
import { contributors } from "./tables";

const required: Record<ThresholdClass, 1 | 2 | 100> = {
  NONE: 1,
  LOW: 2,
  MEDIUM: 100,
  HIGH: 100,
  // These two are refused before a run.
  VERY_HIGH: 100,
  INTERNAL: 100,
};

/** How many distinct users a row needs to show all of its columns. */
export function requiredUsers(columns: readonly { threshold: ThresholdClass }[]): 1 | 2 | 100 {
  return columns.reduce<1 | 2 | 100>(
    (most, { threshold }) => (required[threshold] > most ? required[threshold] : most),
    1,
  );
}

export interface Shown {
  sql: string;
  columns: OutputColumn[];
}

export interface ThresholdOptions {
  columns: OutputColumn[];
  controls: PrivacyControls;
  /** Tables whose users were counted; a reason names them. */
  tables: string[];
}

/** The SELECT of what may be shown, and its columns. */
export function selectShown(options: ThresholdOptions): Shown {
  const { columns, controls } = options;
  if (controls.disableAggregation) return shown(options, "result");
  if (controls.discriminatorColumn) return shown(options, summedUp(columns));
  if (controls.behavior === "REMOVE_VALUES")
    return shown(options, `(SELECT ${maskedColumns(columns)}, users FROM result)`);
  return shown(options, `(FROM result WHERE users >= ${requiredUsers(columns)})`);
}

/** All columns of a relation, and those the controls ask for. `fewest`: of the rows that became one, the least users. */
function shown({ columns, controls, tables }: ThresholdOptions, relation: string): Shown {
  const needed = controls.disableAggregation ? 0 : requiredUsers(columns);
  const most = Math.max(requiredUsers(columns), 2);
  const fewest = controls.discriminatorColumn && !controls.disableAggregation ? "fewest" : "users";
  const reason = quoteText(` '${tables.join("', '")}' users < ${needed} required`);
  const extras = [
    extra(controls.discriminatorColumn, "BOOLEAN", `${fewest} < ${needed}`),
    extra(controls.distinctUserCountColumn, "LONG", `least(users, ${most})`),
    extra(controls.filteredReasonColumn, "STRING", `CASE WHEN ${fewest} < ${needed} THEN ${fewest} || ${reason} END`),
  ].flat();
  const values = [...columns.map((_, index) => `c${index}`), ...extras.map(({ sql }) => sql)];
  const types = [...columns, ...extras.map(({ column }) => column)];
  return {
    columns: types,
    sql: `SELECT ${values.map((sql, index) => `${sql} AS c${index}`).join(", ")} FROM ${relation}`,
  };
}

function extra(name: string | undefined, dataType: OutputColumn["dataType"], sql: string) {
  const columnType: OutputColumn["columnType"] = dataType === "LONG" ? "METRIC" : "DIMENSION";
  return name ? [{ column: { name, dataType, columnType, threshold: "NONE" as const }, sql }] : [];
}

/** Values that need more users than the row has are left out. */
function maskedColumns(columns: OutputColumn[]): string {
  return columns
    .map(({ threshold }, index) => `CASE WHEN users >= ${required[threshold]} THEN c${index} END AS c${index}`)
    .join(", ");
}

const summable = new Set(["BYTE", "SHORT", "INTEGER", "LONG", "FLOAT", "DOUBLE", "DECIMAL"]);

/** Rows that became equal when values were left out are one row, its metrics summed. */
function summedUp(columns: OutputColumn[]): string {
  const isSummed = columns.map(({ columnType, dataType }) => columnType === "METRIC" && summable.has(dataType));
  const values = columns.map((_, index) => (isSummed[index] ? `SUM(c${index}) AS c${index}` : `c${index}`));
  const groups = columns.flatMap((_, index) => (isSummed[index] ? [] : [`c${index}`]));
  const within = `SELECT ${maskedColumns(columns)}, users, ${contributors}, users < ${requiredUsers(columns)} AS hidden FROM result`;
  const gathered = `len(list_distinct(flatten(list(${contributors})))) AS users, MIN(users) AS fewest`;
  return `(SELECT ${values.join(", ")}, ${gathered} FROM (${within}) AS masked GROUP BY ${[...groups, "hidden"].join(", ")})`;
}

/** What was left out, whatever the controls made of it. */
export async function measureHidden(
  connection: DuckDBConnection,
  columns: OutputColumn[],
): Promise<{ hidden: Hidden; users: number }> {
  const needed = requiredUsers(columns);
  const perColumn = columns.map(
    ({ threshold }, index) => `count(*) FILTER (users < ${required[threshold]}) AS h${index}`,
  );
  const rows = await connection.runAndReadAll(
    `SELECT ${[`count(*) FILTER (users < ${needed})`, ...perColumn].join(", ")} FROM result`,
  );
  const [hiddenRows = 0, ...byColumn] = (rows.getRows()[0] ?? []).map(Number);
  const users = await connection.runAndReadAll(
    `SELECT count(*) FILTER (NOT shown), count(*) FROM (SELECT one, bool_or(shown) AS shown
     FROM (SELECT unnest(${contributors}) AS one, users >= ${needed} AS shown FROM result) GROUP BY one)`,
  );
  const [hiddenUsers = 0, all = 0] = (users.getRows()[0] ?? []).map(Number);
  const hiding = columns.flatMap(({ name, threshold }, index) => {
    const least = required[threshold];
    return least !== 1 && byColumn[index] ? [{ name, required: least, rows: byColumn[index] }] : [];
  });
  return {
    hidden: { rows: hiddenRows, users: hiddenUsers, columns: hiding.sort((one, other) => other.rows - one.rows) },
    users: all,
  };
}
