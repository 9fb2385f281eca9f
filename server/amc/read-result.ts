// An answer as it is shown, charted and filed.
import type { TxCtx } from "../core/context";
import { isUuid } from "../core/db/list-clauses";
import { AppError, notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import type { OwnColumn } from "../core/resource";
import { readExecution } from "./execution-store";
import { currencyOfAdvertisers, type InstanceRow } from "./instance-store";
import { getExecution } from "./list-executions";
import { withoutMoney } from "./money-columns";
import { reconcileResult } from "./reconcile-result";
import {
  type AmcResult,
  type AmcResultRow,
  currencyColumn,
  type ResultColumn,
  type ResultValue,
  type Suppression,
} from "./result-contract";
import { findResult, type OneAnswer, type ResultRow, readPieces, selectAnswers } from "./result-store";
import { rowsOfPiece } from "./store-result";

/** @throws {AppError} not_found, also where there is no answer yet */
export async function getResult(tx: TxCtx, id: string): Promise<AmcResult> {
  requireRead(tx, "amc.read", "anyBrand");
  const run = await getExecution(tx, id);
  const result = await findResult(tx, id);
  const open = await readExecution(tx, id);
  if (!result || !open || !run.finishedAt) throw notFound("The answer of this run");
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
    currency: await currencyOf(tx, result.columns, open.instance),
    columns: result.columns,
    rows: moneyHidden ? result.chartRows.map((row) => withoutMoney(result.columns, row)) : result.chartRows,
    rowCount: result.rowCount,
    chart: question.chart,
    suppressed: moneyHidden ? ledgerWithoutMoney(result) : result.suppressed,
    reconciliation: await reconcileResult(tx, open, { result, moneyHidden }),
    moneyHidden,
    finishedAt: run.finishedAt,
  };
}

/** Of the one run that the filter executionId names, or of all of a batch. */
export async function answersOf(tx: TxCtx, query: ListQuery): Promise<OneAnswer[]> {
  requireRead(tx, "amc.read", "anyBrand");
  const [one, batch] = [filterValues(query, "executionId"), filterValues(query, "batchId")];
  if (one?.length === 1 && one[0]) {
    const found = isUuid(one[0]) ? await selectAnswers(tx, { executionId: one[0] }) : [];
    if (found.length === 0) throw notFound("The answer of this run");
    return found;
  }
  if (batch?.length !== 1 || !batch[0]) {
    throw new AppError("malformed", "The filter executionId or batchId must name one record.", {
      fields: { executionId: "give the id of one run" },
    });
  }
  return isUuid(batch[0]) ? selectAnswers(tx, { batchId: batch[0] }) : [];
}

/** In the order in which Amazon sent them, run after run. */
export async function listResultRows(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcResultRow>> {
  const answers = await answersOf(tx, query);
  const [batch] = filterValues(query, "batchId") ?? [];
  const total = answers.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const items: AmcResultRow[] = [];
  let first = 0;
  for (const answer of answers) {
    const { executionId, rowCount } = answer;
    const [from, to] = [Math.max(query.start - first, 0), Math.min(query.start + query.limit - first, rowCount)];
    const currency = from < to ? await currencyOf(tx, answer.columns, answer) : null;
    for (const { row, at } of await rowsBetween(tx, executionId, { from, to })) {
      const reused = batch !== undefined && answer.batchId !== batch;
      items.push({ ...show(tx, answer, { row, number: at + 1, currency }), reused });
    }
    first += rowCount;
  }
  return { items, total };
}

/** Rows of one answer from one place up to, not including, another. */
export async function rowsBetween(tx: TxCtx, executionId: string, { from, to }: { from: number; to: number }) {
  if (from >= to) return [];
  const range = { first: Math.floor(from / rowsOfPiece), last: Math.floor((to - 1) / rowsOfPiece) };
  const found = (await readPieces(tx, executionId, range)).flatMap(({ part, rows }) =>
    rows.map((row, index) => ({ row, at: part * rowsOfPiece + index })),
  );
  return found.filter(({ at }) => at >= from && at < to);
}

interface NumberedRow {
  row: ResultValue[];
  number: number;
  /** Of the whole answer; null: not known, or in the row. */
  currency: string | null;
}

function show(tx: TxCtx, answer: OneAnswer, { row, number, currency }: NumberedRow) {
  const { columns, brandId, executionId, instanceName, brandName, from, to } = answer;
  const answeredAt = answer.answeredAt.toISOString();
  const seen = tx.can("money.read", brandId) ? row : withoutMoney(columns, row);
  const values = Object.fromEntries(columns.map(({ name }, index) => [name, seen[index] ?? null]));
  const own = values[currencyColumn];
  return {
    id: `${executionId}:${number}`,
    ...{ executionId, instanceName, brandName, from, to, answeredAt, values },
    currency: typeof own === "string" && own !== "" ? own : currency,
  };
}

/** Where it was asked and of which days, then the columns of the answer; without money where it is hidden. */
export async function resultColumns(tx: TxCtx, query: ListQuery): Promise<{ called: string; columns: OwnColumn[] }> {
  const answers = await answersOf(tx, query);
  const moneyHidden = answers.some(({ brandId }) => !tx.can("money.read", brandId));
  const all = new Map(answers.flatMap(({ columns }) => columns.map((column) => [column.name, column] as const)));
  const shown = [...all.values()].filter(({ noMoney }) => noMoney || !moneyHidden);
  const hasMoney = shown.some(({ unit }) => unit === "money") && !all.has(currencyColumn);
  const own = (key: "instanceName" | "brandName" | "from" | "to" | "currency", label: string): OwnColumn => ({
    key,
    label,
    kind: "text",
    read: (item) => item[key],
  });
  return {
    called: answers[0]?.title ?? "Result",
    columns: [
      own("instanceName", "Instance"),
      own("brandName", "Brand"),
      own("from", "First day"),
      own("to", "Last day"),
      ...shown.map(fileColumn),
      ...(hasMoney ? [own("currency", "Currency")] : []),
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

function ledgerWithoutMoney({ columns, suppressed }: ResultRow): Suppression {
  const shown = new Set(columns.filter(({ noMoney }) => noMoney).map(({ name }) => name));
  return { ...suppressed, measures: suppressed.measures.filter(({ column }) => shown.has(column)) };
}

/** Of money columns: that of the instance's advertisers, where they have one, unless each row names its own. */
export async function currencyOf(
  tx: TxCtx,
  columns: readonly ResultColumn[],
  { advertisers }: Pick<InstanceRow, "advertisers">,
): Promise<string | null> {
  const hasMoney = columns.some(({ unit }) => unit === "money");
  if (!hasMoney || columns.some(({ name }) => name === currencyColumn)) return null;
  return currencyOfAdvertisers(
    tx,
    advertisers.map(({ id }) => id),
  );
}
