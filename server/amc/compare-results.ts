// Two answers side by side, their rows matched by what they are of.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, wholeList } from "../core/query";
import { windowOf } from "../core/window-list";
import type { AmcExecution } from "./execution-contract";
import { listExecutions } from "./list-executions";
import { answersOf, currencyOf, rowsBetween } from "./read-result";
import type { AmcResultDifference, ResultColumn, ResultValue } from "./result-contract";
import { type OneAnswer, runsWithColumnsOf } from "./result-store";

/** Larger answers are compared as files. */
const mostRows = 20_000;

type Values = Record<string, ResultValue>;

/**
 * Runs whose answers can be set beside that of one, the newest first: those of its template; of SQL of one's own those whose answers have
 * the same columns.
 */
export async function listComparable(tx: TxCtx, { id, templateId }: AmcExecution): Promise<AmcExecution[]> {
  const equal = (field: string, values: string[]) => ({ field, operator: "eq" as const, values });
  const alike = templateId ? equal("templateId", [templateId]) : equal("id", await runsWithColumnsOf(tx, id));
  if (alike.values.length === 0) return [];
  const filters = [alike, equal("state", ["done"])];
  return (await listExecutions(tx, { ...wholeList(50), filters })).items.filter((run) => run.id !== id);
}

/** The later rows first that changed most. */
export async function listDifferences(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcResultDifference>> {
  const [after, before] = [await one(tx, query, "executionId"), await one(tx, query, "with")];
  const seen = shared(after, before).filter(({ noMoney }) => noMoney || !moneyHidden(tx, [after, before]));
  const oneCurrency = (await currencyOf(tx, after.columns, after)) === (await currencyOf(tx, before.columns, before));
  const parts = {
    dimensions: seen.filter(({ measure }) => !measure),
    measures: seen.filter(({ measure }) => measure),
    /** Money of two currencies is not subtracted. */
    apart: seen.filter(({ unit }) => unit === "money" && !oneCurrency).map(({ name }) => name),
  };
  const [now, earlier] = [await byKey(tx, after, parts), await byKey(tx, before, parts)];
  const keys = [...new Set([...now.keys(), ...earlier.keys()])];
  const items = keys.map((key) => differ(key, { now: now.get(key), earlier: earlier.get(key), parts }));
  return windowOf(items, query, {
    fields: { only: ({ only }) => only },
    sorts: {},
    words: ({ keys }) => Object.values(keys).map(String),
    order: (a, b) => largest(b) - largest(a),
  });
}

async function one(tx: TxCtx, query: ListQuery, field: "executionId" | "with"): Promise<OneAnswer> {
  const [id] = filterValues(query, field) ?? [];
  if (!id) {
    throw new AppError("malformed", `The filter ${field} must name a run.`, {
      fields: { [field]: "give the id of a run" },
    });
  }
  const filters = [{ field: "executionId", operator: "eq" as const, values: [id] }];
  const [answer] = await answersOf(tx, { ...query, filters });
  if (!answer) throw new Error("A run without its answer is not found.");
  if (answer.rowCount > mostRows) {
    throw new AppError("limit", `Answers of more than ${mostRows.toLocaleString("en")} rows are not compared here.`, {
      remedy: "Take both as files.",
    });
  }
  return answer;
}

const moneyHidden = (tx: TxCtx, answers: readonly OneAnswer[]) =>
  answers.some(({ brandId }) => !tx.can("money.read", brandId));

const shared = (after: OneAnswer, before: OneAnswer): ResultColumn[] =>
  after.columns.flatMap((column) => {
    const other = before.columns.find(({ name }) => name === column.name);
    return other ? [{ ...column, noMoney: column.noMoney && other.noMoney }] : [];
  });

interface Parts {
  dimensions: ResultColumn[];
  measures: ResultColumn[];
  apart: string[];
}

interface Keyed {
  keys: Values;
  values: Values;
}

/** Where rows have the same key, measures are summed up. */
async function byKey(
  tx: TxCtx,
  { executionId, columns: all, rowCount }: OneAnswer,
  { dimensions, measures }: Omit<Parts, "apart">,
) {
  const at = new Map(all.map(({ name }, index) => [name, index]));
  const pick = (row: readonly ResultValue[], columns: readonly ResultColumn[]): Values =>
    Object.fromEntries(columns.map(({ name }) => [name, row[at.get(name) ?? -1] ?? null]));
  const found = new Map<string, Keyed>();
  for (const { row } of await rowsBetween(tx, executionId, { from: 0, to: rowCount })) {
    const [keys, values] = [pick(row, dimensions), pick(row, measures)];
    const key = JSON.stringify(keys);
    const known = found.get(key);
    found.set(key, known ? { keys, values: added(known.values, values) } : { keys, values });
  }
  return found;
}

const added = (a: Values, b: Values): Values =>
  Object.fromEntries(Object.keys(b).map((name) => [name, (Number(a[name]) || 0) + (Number(b[name]) || 0)]));

function differ(
  id: string,
  { now, earlier, parts }: { now?: Keyed; earlier?: Keyed; parts: Parts },
): AmcResultDifference {
  const change = parts.measures.map(({ name }) => {
    const [a, b] = [now?.values[name], earlier?.values[name]];
    const isKnown = now && earlier && a !== null && b !== null && !parts.apart.includes(name);
    return [name, isKnown ? Number(a) - Number(b) : null] as const;
  });
  return {
    id,
    keys: now?.keys ?? earlier?.keys ?? {},
    before: earlier?.values ?? {},
    after: now?.values ?? {},
    change: Object.fromEntries(change),
    only: now && earlier ? "both" : now ? "after" : "before",
  };
}

const largest = ({ change, before, after }: AmcResultDifference): number =>
  Math.max(0, ...Object.entries(change).map(([name, by]) => Math.abs(by ?? Number(after[name] ?? before[name] ?? 0))));
