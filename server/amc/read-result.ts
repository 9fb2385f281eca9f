// An answer as it is shown, charted and filed.
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import type { OwnColumn } from "../core/resource";
import type { AmcExecution } from "./execution-contract";
import { readExecution } from "./execution-store";
import { brandOfAdvertisers, type InstanceRow } from "./instance-store";
import { getExecution, listExecutions } from "./list-executions";
import type { AmcResult, AmcResultRow, ResultColumn, ResultValue, Suppression } from "./result-contract";
import { findResult, type ResultRow, readPiece } from "./result-store";
import { rowsOfPiece } from "./store-result";

export interface OneAnswer {
  run: AmcExecution;
  result: ResultRow;
}

/** @throws {AppError} not_found, also where there is no answer yet */
export async function getResult(tx: TxCtx, id: string): Promise<AmcResult> {
  const { run, result } = await answerOf(tx, id);
  const open = await readExecution(tx, id);
  if (!open || !run.finishedAt) throw notFound("The answer of this run");
  const { question } = open.execution;
  const moneyHidden = !tx.can("money.read", run.brandId);
  return {
    id,
    title: run.title,
    question: question.question,
    templateId: run.templateId,
    instanceId: run.instanceId,
    instanceName: run.instanceName,
    brandId: run.brandId,
    window: run.window,
    values: run.values,
    currency: await currencyOf(tx, open.instance),
    columns: result.columns,
    rows: moneyHidden ? result.chartRows.map((row) => withoutMoney(result.columns, row)) : result.chartRows,
    rowCount: result.rowCount,
    chart: question.chart,
    suppressed: moneyHidden ? ledgerWithoutMoney(result) : result.suppressed,
    moneyHidden,
    finishedAt: run.finishedAt,
  };
}

async function answerOf(tx: TxCtx, id: string): Promise<OneAnswer> {
  requireRead(tx, "amc.read", "anyBrand");
  const run = await getExecution(tx, id);
  const result = await findResult(tx, id);
  if (!result) throw notFound("The answer of this run");
  return { run, result };
}

/** Of the one run that the filter executionId names, or of all of a batch. */
export async function answersOf(tx: TxCtx, query: ListQuery): Promise<OneAnswer[]> {
  requireRead(tx, "amc.read", "anyBrand");
  const [one, batch] = [filterValues(query, "executionId"), filterValues(query, "batchId")];
  if (one?.length === 1 && one[0]) return [await answerOf(tx, one[0])];
  if (batch?.length !== 1 || !batch[0]) {
    throw new AppError("malformed", "The filter executionId or batchId must name one record.", {
      fields: { executionId: "give the id of one run" },
    });
  }
  const filters = [
    { field: "batchId", operator: "eq" as const, values: batch },
    { field: "state", operator: "eq" as const, values: ["done"] },
  ];
  const { items } = await listExecutions(tx, { start: 0, limit: mostOfBatch, sort: null, filters, search: null });
  const answers = await Promise.all(items.map(async (run) => ({ run, result: await findResult(tx, run.id) })));
  return answers.filter((answer): answer is OneAnswer => answer.result !== null);
}

/** Instances times windows, at most. */
const mostOfBatch = 11_200;

/** In the order in which Amazon sent them, run after run. */
export async function listResultRows(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcResultRow>> {
  const answers = await answersOf(tx, query);
  const total = answers.reduce((sum, { result }) => sum + result.rowCount, 0);
  const items: AmcResultRow[] = [];
  let first = 0;
  for (const answer of answers) {
    const { rowCount } = answer.result;
    const [from, to] = [Math.max(query.start - first, 0), Math.min(query.start + query.limit - first, rowCount)];
    for (const { row, at } of await rowsBetween(tx, answer.run.id, { from, to })) {
      items.push(show(tx, answer, { row, number: at + 1 }));
    }
    first += rowCount;
  }
  return { items, total };
}

/** Rows of one answer from one place up to, not including, another. */
export async function rowsBetween(tx: TxCtx, executionId: string, { from, to }: { from: number; to: number }) {
  const found: { row: ResultValue[]; at: number }[] = [];
  for (let part = Math.floor(from / rowsOfPiece); part * rowsOfPiece < to; part++) {
    const rows = await readPiece(tx, executionId, part);
    rows.forEach((row, index) => {
      const at = part * rowsOfPiece + index;
      if (at >= from && at < to) found.push({ row, at });
    });
  }
  return found;
}

function show(tx: TxCtx, { run, result }: OneAnswer, { row, number }: { row: ResultValue[]; number: number }) {
  const seen = tx.can("money.read", run.brandId) ? row : withoutMoney(result.columns, row);
  const values = Object.fromEntries(result.columns.map(({ name }, index) => [name, seen[index] ?? null]));
  const { window, id: executionId, instanceName, brandName } = run;
  return {
    id: `${executionId}:${number}`,
    executionId,
    instanceName,
    brandName,
    from: window.from,
    to: window.to,
    values,
  };
}

/** Where it was asked and of which days, then the columns of the answer; without money where it is hidden. */
export async function resultColumns(tx: TxCtx, query: ListQuery): Promise<{ called: string; columns: OwnColumn[] }> {
  const answers = await answersOf(tx, query);
  const moneyHidden = answers.some(({ run }) => !tx.can("money.read", run.brandId));
  const all = new Map(answers.flatMap(({ result }) => result.columns.map((column) => [column.name, column] as const)));
  const shown = [...all.values()].filter(({ unit }) => !(moneyHidden && unit === "money"));
  const own = (key: "instanceName" | "brandName" | "from" | "to", label: string): OwnColumn => ({
    key,
    label,
    kind: "text",
    read: (item) => item[key],
  });
  return {
    called: answers[0]?.run.title ?? "Result",
    columns: [
      own("instanceName", "Instance"),
      own("brandName", "Brand"),
      own("from", "First day"),
      own("to", "Last day"),
      ...shown.map(fileColumn),
    ],
  };
}

function fileColumn({ name, label, unit, measure }: ResultColumn): OwnColumn {
  const read = (item: Record<string, unknown>) => (item as unknown as AmcResultRow).values[name] ?? null;
  if (unit === "flag") return { key: name, label, kind: "boolean", read };
  if (unit === "date") return { key: name, label, kind: "date", read };
  if (!measure) return { key: name, label, kind: "text", read };
  return { key: name, label, kind: "number", whole: unit === "users" || unit === "count", read };
}

const withoutMoney = (columns: readonly ResultColumn[], row: readonly ResultValue[]): ResultValue[] =>
  row.map((value, index) => (columns[index]?.unit === "money" ? null : value));

function ledgerWithoutMoney({ columns, suppressed }: ResultRow): Suppression {
  const money = new Set(columns.filter(({ unit }) => unit === "money").map(({ name }) => name));
  return { ...suppressed, measures: suppressed.measures.filter(({ column }) => !money.has(column)) };
}

/** Of the instance's advertisers, where all that are known here have the same. */
async function currencyOf(tx: TxCtx, { advertisers }: InstanceRow): Promise<string | null> {
  const found = await brandOfAdvertisers(
    tx,
    advertisers.map(({ id }) => id),
  );
  return found?.currency ?? null;
}
