// Sync runs: what is due, what waits for Amazon, what came of it.
import { and, desc, eq, inArray, lt, min, ne, type SQL, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { Permission, TxCtx } from "../core/context";
import { listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import type { Slot } from "./due-slots";
import { rejectedRows, syncRuns } from "./tables";

export type RunRow = typeof syncRuns.$inferSelect;
export type AccountRow = typeof accounts.$inferSelect;
export interface OpenRun {
  run: RunRow;
  account: AccountRow;
}

const ours = (tx: TxCtx) => eq(syncRuns.agencyId, tx.agencyId);
const isOpen = inArray(syncRuns.state, ["due", "requested"]);

/** Of processes that plan an agency's syncs at once each waits for the one before, and finds what it has planned. */
export async function lockPlanning(tx: TxCtx): Promise<void> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`planning ${tx.agencyId}`}, 0))`);
}

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

export interface PlanHistory {
  backfillAt: Date | null;
  missing: { from: string; to: string } | null;
}

type HistoryRow = { id: string; backfillAt: string | null; from: string | null; to: string | null };

/** When each account's backfill was planned, and which days of `within` have not come since. */
export async function planHistory(
  tx: TxCtx,
  subject: string,
  within: { from: string; to: string },
): Promise<Map<string, PlanHistory>> {
  const rows = await tx.db.execute<HistoryRow>(sql`
    select a.id, r.at as "backfillAt", m."from"::text, m."to"::text from accounts a
    left join lateral (select min(created_at) as at from sync_runs s where s.agency_id = a.agency_id
      and s.account_id = a.id and s.subject = ${subject} and s.slot like 'backfill:%') r on true
    left join lateral (select min(one.day)::date as "from", max(one.day)::date as "to"
      from generate_series(${within.from}::date, ${within.to}::date, interval '1 day') as one(day)
      where r.at is not null and not exists (select from fact_days d where d.agency_id = a.agency_id
        and d.account_id = a.id and d.report_type = ${subject} and d.day = one.day::date)) m on true
    where a.agency_id = ${tx.agencyId}::uuid and a.kind = 'dsp_advertiser'`);
  return new Map(
    rows.map(({ id, backfillAt, from, to }) => [
      id,
      { backfillAt: backfillAt ? new Date(backfillAt) : null, missing: from && to ? { from, to } : null },
    ]),
  );
}

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

/** Ends the other runs of the account and subject that Amazon has not been asked for yet. */
export async function failWaiting(tx: TxCtx, run: RunRow, note: string): Promise<void> {
  const same = and(ours(tx), eq(syncRuns.accountId, run.accountId), eq(syncRuns.subject, run.subject));
  await tx.db
    .update(syncRuns)
    .set({ state: "failed", note, finishedAt: tx.now(), nextAt: null })
    .where(and(same, eq(syncRuns.state, "due"), ne(syncRuns.id, run.id)));
}

/** When any run of the account first asked for this report; null where none did. */
export async function firstAskedAt(tx: TxCtx, accountId: string, reportId: string): Promise<Date | null> {
  const [row] = await tx.db
    .select({ at: min(syncRuns.requestedAt) })
    .from(syncRuns)
    .where(and(ours(tx), eq(syncRuns.accountId, accountId), eq(syncRuns.reportId, reportId)));
  return row?.at ?? null;
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

/** Accounts of brands for which the actor holds the permission; without one, of those they are a member of. */
export function visibleAccounts(tx: TxCtx, permission?: Permission): SQL {
  const brands = permission ? tx.brandsWith(permission) : tx.brandIds;
  const ofAgency = sql`${accounts.agencyId} = ${tx.agencyId}::uuid`;
  return brands === "all" ? ofAgency : sql`${ofAgency} and ${inArray(accounts.brandId, [...brands])}`;
}

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
  const where = and(ours(tx), visibleAccounts(tx, "insights.read"), clauses.where);
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
