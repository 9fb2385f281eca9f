// Sync runs: what is due, what waits for Amazon, what came of it.
import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { TxCtx } from "../core/context";
import { listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import type { Slot } from "./due-slots";
import { coverage, rejectedRows, syncRuns } from "./tables";

export type RunRow = typeof syncRuns.$inferSelect;
export type AccountRow = typeof accounts.$inferSelect;
export interface OpenRun {
  run: RunRow;
  account: AccountRow;
}

const ours = (tx: TxCtx) => eq(syncRuns.agencyId, tx.agencyId);
const isOpen = inArray(syncRuns.state, ["due", "requested"]);

/** Inserts the slots no other process has inserted yet. @returns the runs that are now ours to start */
export async function insertSlots(
  tx: TxCtx,
  slots: readonly { accountId: string; slot: Slot }[],
): Promise<{ id: string; accountId: string; subject: string }[]> {
  if (slots.length === 0) return [];
  const createdAt = tx.now();
  const inserted = await tx.db
    .insert(syncRuns)
    .values(
      slots.map(({ accountId, slot }) => ({
        agencyId: tx.agencyId,
        accountId,
        subject: slot.subject,
        kind: slot.kind,
        slot: slot.key,
        rangeStart: slot.range?.from,
        rangeEnd: slot.range?.to,
        state: "due" as const,
        createdAt,
      })),
    )
    .onConflictDoNothing({ target: [syncRuns.agencyId, syncRuns.accountId, syncRuns.subject, syncRuns.slot] })
    .returning({ id: syncRuns.id, accountId: syncRuns.accountId, subject: syncRuns.subject, slot: syncRuns.slot });
  // In the order in which they were due: RETURNING promises none.
  const order = new Map(slots.map(({ accountId, slot }, index) => [`${accountId} ${slot.subject} ${slot.key}`, index]));
  const place = (run: (typeof inserted)[number]) => order.get(`${run.accountId} ${run.subject} ${run.slot}`) ?? 0;
  return inserted.sort((a, b) => place(a) - place(b));
}

/** When each account's backfill was planned, and how far its data reaches. */
export async function planHistory(
  tx: TxCtx,
  subject: string,
): Promise<Map<string, { backfillAt: Date | null; coveredTo: string | null }>> {
  const rows = await tx.db
    .select({ id: accounts.id, planned: backfillPlannedAt(tx, subject), coveredTo: coverage.lastDay })
    .from(accounts)
    .leftJoin(
      coverage,
      and(eq(coverage.agencyId, accounts.agencyId), eq(coverage.accountId, accounts.id), eq(coverage.subject, subject)),
    )
    .where(eq(accounts.agencyId, tx.agencyId));
  return new Map(
    rows.map(({ id, planned, coveredTo }) => [id, { backfillAt: planned ? new Date(planned) : null, coveredTo }]),
  );
}

const backfillPlannedAt = (tx: TxCtx, subject: string): SQL<string | null> =>
  sql`(select min(r.created_at) from sync_runs r where r.agency_id = ${tx.agencyId}::uuid
    and r.account_id = ${accounts.id} and r.subject = ${subject} and r.slot like 'backfill:%')`;

export async function readRun(tx: TxCtx, runId: string, options: { lock?: boolean } = {}): Promise<OpenRun | null> {
  const query = tx.db
    .select({ run: syncRuns, account: accounts })
    .from(syncRuns)
    .innerJoin(accounts, and(eq(accounts.agencyId, syncRuns.agencyId), eq(accounts.id, syncRuns.accountId)))
    .where(and(ours(tx), eq(syncRuns.id, runId)));
  const [row] = await (options.lock ? query.for("update", { of: syncRuns }) : query);
  return row ?? null;
}

type RunChange = Partial<Omit<RunRow, "agencyId" | "id" | "accountId">>;

/** Changes a run that is still open, and tells open pages. @returns false where it is over already */
export async function changeRun(tx: TxCtx, runId: string, change: RunChange): Promise<boolean> {
  const changed = await tx.db
    .update(syncRuns)
    .set(change)
    .where(and(ours(tx), eq(syncRuns.id, runId), isOpen))
    .returning({ id: syncRuns.id });
  if (changed.length === 0) return false;
  await tx.changed("sync-runs", [runId]);
  return true;
}

/** Open runs that nothing has moved on since the moment given: their job was lost or given up. */
export async function stalledRuns(tx: TxCtx, since: Date): Promise<RunRow[]> {
  const moved = sql`coalesce(${syncRuns.nextAt}, ${syncRuns.createdAt})`;
  return tx.db
    .select()
    .from(syncRuns)
    .where(and(ours(tx), isOpen, sql`${moved} < ${since.toISOString()}::timestamptz`))
    .limit(100)
    .for("update", { skipLocked: true });
}

/** Removes runs that were over before the moment and changed nothing; the others say why a number was restated. */
export async function forgetRuns(tx: TxCtx, before: Date): Promise<void> {
  await tx.db
    .delete(syncRuns)
    .where(
      and(
        ours(tx),
        inArray(syncRuns.state, ["done", "failed"]),
        inArray(syncRuns.kind, ["recent", "settle", "manual"]),
        eq(syncRuns.rowsChanged, 0),
        eq(syncRuns.rowsRejected, 0),
        lt(syncRuns.finishedAt, before),
      ),
    );
}

/** Accounts the actor may see. */
export const visibleAccounts = (tx: TxCtx): SQL =>
  tx.brandIds === "all"
    ? sql`${accounts.agencyId} = ${tx.agencyId}::uuid`
    : sql`${accounts.agencyId} = ${tx.agencyId}::uuid and ${inArray(accounts.brandId, [...tx.brandIds])}`;

const columns = {
  id: syncRuns.id,
  accountId: syncRuns.accountId,
  subject: syncRuns.subject,
  kind: syncRuns.kind,
  state: syncRuns.state,
  createdAt: syncRuns.createdAt,
  finishedAt: syncRuns.finishedAt,
  rowsRejected: syncRuns.rowsRejected,
};

export async function selectRuns(tx: TxCtx, query: ListQuery): Promise<ListResult<OpenRun>> {
  const order = [desc(syncRuns.createdAt)];
  const clauses = listClauses(query, { fields: columns, search: [accounts.name], order, tie: syncRuns.id });
  const where = and(ours(tx), visibleAccounts(tx), clauses.where);
  const joined = and(eq(accounts.agencyId, syncRuns.agencyId), eq(accounts.id, syncRuns.accountId));
  const items = await tx.db
    .select({ run: syncRuns, account: accounts })
    .from(syncRuns)
    .innerJoin(accounts, joined)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(syncRuns)
    .innerJoin(accounts, joined)
    .where(where);
  return { items, total: count?.total ?? 0 };
}

export async function selectRejected(tx: TxCtx, runId: string, limit: number) {
  return tx.db
    .select({ position: rejectedRows.position, reason: rejectedRows.reason, row: rejectedRows.row })
    .from(rejectedRows)
    .where(and(eq(rejectedRows.agencyId, tx.agencyId), eq(rejectedRows.runId, runId)))
    .orderBy(rejectedRows.position)
    .limit(limit);
}
