import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { customReportType } from "./catalogue";
import type { CustomReport, ReportAsk, ReportState } from "./contract";
import {
  type AccountRow,
  type AskRow,
  findReport,
  type ReportRow,
  selectAskable,
  selectAsks,
  selectReports,
} from "./store";

/** Those of which all accounts may be seen, the newest first. */
export async function listReports(tx: TxCtx, query: ListQuery): Promise<ListResult<CustomReport>> {
  requireRead(tx, "reports.read", "anyBrand");
  const { rows, total } = await selectReports(tx, query);
  return { items: await shown(tx, rows), total };
}

/** @throws {AppError} not_found */
export async function getReport(tx: TxCtx, id: string): Promise<CustomReport> {
  requireRead(tx, "reports.read", "anyBrand");
  const row = await findReport(tx, id);
  const [report] = row ? await shown(tx, [row]) : [];
  if (!report) throw notFound("This report");
  return report;
}

/** The advertisers that can be chosen. */
export async function askableAccounts(tx: TxCtx) {
  const rows = await selectAskable(tx, null);
  return rows.map(({ id, name, timeZone, currency }) => ({ id, name, timeZone, currency }));
}

type Asked = { ask: AskRow; account: AccountRow };

async function shown(tx: TxCtx, rows: readonly ReportRow[]): Promise<CustomReport[]> {
  const asked = await selectAsks(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    show(
      row,
      asked.filter(({ ask }) => ask.reportId === row.id),
    ),
  );
}

function show(row: ReportRow, asked: readonly Asked[]): CustomReport {
  const asks = asked.map(showAsk);
  const ends = asked.map(({ ask }) => ask.finishedAt?.toISOString() ?? null);
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    typeLabel: customReportType(row.type)?.label ?? row.type,
    groupBy: row.groupBy,
    columns: row.columns,
    timeUnit: row.timeUnit,
    from: row.rangeStart,
    to: row.rangeEnd,
    accounts: asks.map(({ accountName }) => accountName),
    state: stateOf(asks),
    rows: asks.reduce((sum, ask) => sum + ask.rows, 0),
    rowsRejected: asks.reduce((sum, ask) => sum + ask.rowsRejected, 0),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
    asks,
  };
}

const showAsk = ({ ask, account }: Asked): ReportAsk => ({
  accountId: account.id,
  accountName: account.name,
  timeZone: account.timeZone,
  state: ask.state,
  note: ask.note,
  requestedAt: ask.requestedAt?.toISOString() ?? null,
  rows: ask.rows,
  rowsRejected: ask.rowsRejected,
});

function stateOf(asks: readonly ReportAsk[]): ReportState {
  const all = (state: ReportAsk["state"]) => asks.every((ask) => ask.state === state);
  if (all("done")) return "done";
  if (all("failed")) return "failed";
  if (all("due")) return "waiting";
  return asks.some(({ state }) => state === "due" || state === "requested") ? "running" : "partial";
}
