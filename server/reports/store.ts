// All SQL of custom reports.
import { and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { customReportAsks as asks, customReportPieces as pieces, customReports as reports } from "./tables";

export type ReportRow = typeof reports.$inferSelect;
export type AskRow = typeof asks.$inferSelect;
export type PieceRows = (typeof pieces.$inferSelect)["rows"];
export type AccountRow = typeof accounts.$inferSelect;

export interface OpenAsk {
  ask: AskRow;
  report: ReportRow;
  account: AccountRow;
}

/** Accounts of brands for which the actor holds the permission. */
function reachable(tx: TxCtx, permission: "reports.read" | "reports.write"): SQL {
  const brands = tx.brandsWith(permission);
  return brands === "all" ? sql`true` : sql`coalesce(${inArray(accounts.brandId, [...brands])}, false)`;
}

/** Reports all of whose accounts may be seen. */
const visible = (tx: TxCtx) =>
  and(
    eq(reports.agencyId, tx.agencyId),
    sql`not exists (select from ${asks} join ${accounts} on ${accounts.agencyId} = ${asks.agencyId} and ${accounts.id} = ${asks.accountId}
      where ${asks.agencyId} = ${reports.agencyId} and ${asks.reportId} = ${reports.id} and not ${reachable(tx, "reports.read")})`,
  );

const ofReport = (tx: TxCtx, reportId: string) => and(eq(asks.agencyId, tx.agencyId), eq(asks.reportId, reportId));
const ofAsk = (tx: TxCtx, { reportId, accountId }: AskKey) =>
  and(ofReport(tx, reportId), eq(asks.accountId, accountId));

export interface AskKey {
  reportId: string;
  accountId: string;
}

export async function selectReports(tx: TxCtx, query: ListQuery) {
  const fields = { id: reports.id, name: reports.name, type: reports.type, createdAt: reports.createdAt };
  const clauses = listClauses(query, {
    fields: { ...fields, createdBy: reports.createdBy },
    search: [reports.name, reports.createdBy],
    order: [desc(reports.createdAt)],
    tie: reports.id,
  });
  const where = and(visible(tx), clauses.where);
  const rows = await tx.db
    .select()
    .from(reports)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(reports).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findReport(tx: TxCtx, id: string): Promise<ReportRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.db
    .select()
    .from(reports)
    .where(and(visible(tx), eq(reports.id, id)));
  return row ?? null;
}

/** In the order of their accounts. */
export async function selectAsks(
  tx: TxCtx,
  reportIds: readonly string[],
): Promise<{ ask: AskRow; account: AccountRow }[]> {
  if (reportIds.length === 0) return [];
  return tx.db
    .select({ ask: asks, account: accounts })
    .from(asks)
    .innerJoin(accounts, and(eq(accounts.agencyId, asks.agencyId), eq(accounts.id, asks.accountId)))
    .where(and(eq(asks.agencyId, tx.agencyId), inArray(asks.reportId, [...reportIds])))
    .orderBy(asc(asks.position));
}

/** Those of the advertisers named for which the actor may ask, in their order. */
export async function selectAskable(tx: TxCtx, ids: readonly string[] | null): Promise<AccountRow[]> {
  const rows = await tx.db
    .select()
    .from(accounts)
    .where(
      and(
        eq(accounts.agencyId, tx.agencyId),
        eq(accounts.kind, "dsp_advertiser"),
        reachable(tx, "reports.write"),
        ids ? inArray(accounts.id, [...ids]) : undefined,
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id));
  return ids ? rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)) : rows;
}

export async function insertReport(
  tx: TxCtx,
  values: Omit<ReportRow, "agencyId" | "id" | "createdAt">,
  accountIds: readonly string[],
): Promise<ReportRow> {
  const { agencyId } = tx;
  const [row] = await tx.db
    .insert(reports)
    .values({ agencyId, createdAt: tx.now(), ...values })
    .returning();
  if (!row) throw new Error("the report was not stored");
  await tx.db.insert(asks).values(
    accountIds.map((accountId, position) => ({
      agencyId,
      reportId: row.id,
      accountId,
      position,
      state: "due" as const,
      nextAt: tx.now(),
    })),
  );
  return row;
}

export async function readAsk(tx: TxCtx, key: AskKey, options: { lock?: boolean } = {}): Promise<OpenAsk | null> {
  const query = tx.db
    .select({ ask: asks, report: reports, account: accounts })
    .from(asks)
    .innerJoin(reports, and(eq(reports.agencyId, asks.agencyId), eq(reports.id, asks.reportId)))
    .innerJoin(accounts, and(eq(accounts.agencyId, asks.agencyId), eq(accounts.id, asks.accountId)))
    .where(ofAsk(tx, key));
  const [row] = await (options.lock ? query.for("update", { of: asks }) : query);
  return row ?? null;
}

/** Changes an ask that is still open, and tells open pages. @returns false where it is over, or its report deleted */
export async function changeAsk(
  tx: TxCtx,
  key: AskKey,
  change: Partial<Omit<AskRow, "agencyId" | keyof AskKey>>,
): Promise<boolean> {
  const changed = await tx.db
    .update(asks)
    .set(change)
    .where(and(ofAsk(tx, key), inArray(asks.state, ["due", "requested"])))
    .returning({ position: asks.position });
  await tx.changed("custom-reports", [key.reportId]);
  return changed.length > 0;
}

export async function insertPiece(tx: TxCtx, key: AskKey, part: number, rows: PieceRows): Promise<void> {
  await tx.db.insert(pieces).values({ agencyId: tx.agencyId, ...key, part, rows });
}

export async function readPiece(tx: TxCtx, { reportId, accountId }: AskKey, part: number): Promise<PieceRows> {
  const [row] = await tx.db
    .select({ rows: pieces.rows })
    .from(pieces)
    .where(
      and(
        eq(pieces.agencyId, tx.agencyId),
        eq(pieces.reportId, reportId),
        eq(pieces.accountId, accountId),
        eq(pieces.part, part),
      ),
    );
  return row?.rows ?? [];
}

/** The asks first: one whose answer is being stored is waited for, and its rows are then seen. */
export async function deleteReport(tx: TxCtx, id: string): Promise<void> {
  await tx.db.delete(asks).where(ofReport(tx, id));
  await tx.db.delete(pieces).where(and(eq(pieces.agencyId, tx.agencyId), eq(pieces.reportId, id)));
  await tx.db.delete(reports).where(and(eq(reports.agencyId, tx.agencyId), eq(reports.id, id)));
}
