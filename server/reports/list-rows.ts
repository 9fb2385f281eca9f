// The rows of a report's answer, and what its files say of them.
import { createHash } from "node:crypto";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, type NumbersNote, requireRead } from "../core/query";
import type { OwnColumn } from "../core/resource";
import { dayIn, settledByRule } from "../insights";
import { documentedKind, tellsMoney } from "./catalogue";
import type { ColumnKind, CustomReportRow } from "./contract";
import { type AccountRow, type AskRow, findReport, type ReportRow, readPiece, selectAsks } from "./store";
import { rowsOfPiece } from "./store-answer";

interface Answer {
  report: ReportRow;
  /** Of the accounts that have one, in their order. */
  asks: { ask: AskRow; account: AccountRow }[];
  moneyHidden: boolean;
}

async function answerOf(tx: TxCtx, query: ListQuery): Promise<Answer> {
  requireRead(tx, "reports.read", "anyBrand");
  const [id, more] = filterValues(query, "reportId") ?? [];
  if (id === undefined || more !== undefined) {
    throw new AppError("malformed", "The filter reportId must name one report.", {
      fields: { reportId: "give the id of one report" },
    });
  }
  const report = await findReport(tx, id);
  if (!report) throw notFound("This report");
  const asked = await selectAsks(tx, [id]);
  return {
    report,
    asks: asked.filter(({ ask }) => ask.state === "done"),
    // Rows of several accounts stand in one table: what is secret of one is of all.
    moneyHidden: asked.some(({ account }) => !tx.can("money.read", account.brandId)),
  };
}

/** In the order in which Amazon sent them, account after account. */
export async function listRows(tx: TxCtx, query: ListQuery): Promise<ListResult<CustomReportRow>> {
  const answer = await answerOf(tx, query);
  const total = answer.asks.reduce((sum, { ask }) => sum + ask.rows, 0);
  const items: CustomReportRow[] = [];
  let first = 0;
  for (const one of answer.asks) {
    const [from, to] = [Math.max(query.start - first, 0), Math.min(query.start + query.limit - first, one.ask.rows)];
    for (let part = Math.floor(from / rowsOfPiece); part * rowsOfPiece < to; part++) {
      const rows = await readPiece(tx, one.ask, part);
      rows.forEach((row, index) => {
        const at = part * rowsOfPiece + index;
        if (at >= from && at < to) items.push(rowOf(answer, one.account, { row, number: first + at + 1 }));
      });
    }
    first += one.ask.rows;
  }
  return { items, total };
}

function rowOf(
  { report, moneyHidden }: Answer,
  account: AccountRow,
  { row, number }: { row: unknown[]; number: number },
) {
  const values = Object.fromEntries(
    report.columns.map((column, index) => [column, moneyHidden && tellsMoney(column) ? null : (row[index] ?? null)]),
  ) as CustomReportRow["values"];
  return { id: String(number), account: account.name, currency: account.currency, values };
}

/** Account and currency, then the columns that were asked for; without money where it is hidden. */
export async function rowColumns(tx: TxCtx, query: ListQuery): Promise<{ called: string; columns: OwnColumn[] }> {
  const { report, asks, moneyHidden } = await answerOf(tx, query);
  const text = (key: "account" | "currency", label: string): OwnColumn => ({
    key,
    label,
    kind: "text",
    read: (item) => item[key],
  });
  const shown = report.columns.filter((column) => !(moneyHidden && tellsMoney(column)));
  return {
    called: report.name,
    columns: [
      text("account", "Account"),
      text("currency", "Currency"),
      ...shown.map((column) =>
        columnOf(
          column,
          kindOf(
            column,
            asks.map(({ ask }) => ask),
          ),
        ),
      ),
    ],
  };
}

/** Of several answers the one that holds all values. */
export function kindOf(column: string, asks: readonly Pick<AskRow, "kinds">[]): ColumnKind {
  const kinds = new Set(asks.map(({ kinds }) => kinds[column] ?? documentedKind(column)));
  const [only = documentedKind(column)] = kinds;
  if (kinds.size <= 1) return only;
  return [...kinds].every((kind) => kind === "integer" || kind === "decimal") ? "decimal" : "text";
}

function columnOf(column: string, kind: ColumnKind): OwnColumn {
  const valueIn = (item: Record<string, unknown>) => (item as unknown as CustomReportRow).values[column] ?? null;
  const base = { key: column, label: column };
  if (kind === "money") return { ...base, kind: "money", read: (item) => microsOf(valueIn(item)) };
  if (kind === "integer") return { ...base, kind: "number", whole: true, read: valueIn };
  return { ...base, kind: kind === "decimal" ? "number" : kind, read: valueIn };
}

const microsOf = (value: unknown): string | null =>
  typeof value === "number" ? BigInt(Math.round(value * 1e6)).toString() : null;

export async function noteRows(tx: TxCtx, query: ListQuery): Promise<NumbersNote> {
  const { report, asks, moneyHidden } = await answerOf(tx, query);
  const range = { from: report.rangeStart, to: report.rangeEnd };
  const moments = asks.map(({ ask }) => ask.requestedAt).sort((a, b) => Number(a) - Number(b));
  // Nothing is said of the age of rows where the moment of one answer is not known.
  const known = asks.length > 0 && !moments.includes(null) ? (moments[0] ?? null) : null;
  const oldest = known ?? report.createdAt;
  const zones = [...new Set(asks.map(({ account }) => account.timeZone))];
  const today = zones.map((zone) => dayIn(zone, oldest)).sort()[0] ?? dayIn("UTC", oldest);
  const versions = asks.map(({ ask }) => `${ask.accountId} ${ask.amazonReportId} ${ask.rows}`).join(",");
  return {
    range: { id: `${range.from}..${range.to}`, ...range },
    compare: null,
    asOf: known?.toISOString() ?? null,
    sameAge: false,
    zones,
    dataVersion: createHash("sha256").update(versions).digest("hex").slice(0, 16),
    syncedAt: known?.toISOString() ?? null,
    dataThrough: known && (range.to < today ? range.to : today),
    partialDay: known && range.to >= today ? today : null,
    settled: known
      ? Object.entries(settledByRule(range, today)).map(([rule, { share, until }]) => ({ rule, share, until }))
      : [],
    moneyHidden,
    conversion: null,
  };
}
