// How far the sync of each account is, in words a person can act on.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import type { AccountSync, Backfill, SyncState } from "./contract";
import { freshnessOf, readScope, type ScopedAccount } from "./scope";
import { type SyncFacts, syncFacts } from "./status-store";

const hourMs = 3_600_000;
/** Syncs come every hour, or some times a day: two may be missed before it is called a delay. */
const currentForMs = 3 * hourMs;

export async function listSyncStatus(tx: TxCtx, query: ListQuery): Promise<ListResult<AccountSync>> {
  requireRead(tx, "insights.read", "anyBrand");
  const accountIds = filterValues(query, "id") ?? undefined;
  const { accounts } = await readScope(tx, { brandIds: filterValues(query, "brandId") ?? undefined, accountIds });
  const all = await syncOf(tx, accounts);
  const states = filterValues(query, "state");
  const search = query.search?.toLowerCase();
  const items = all.filter(
    ({ state, name }) => (!states || states.includes(state)) && (!search || name.toLowerCase().includes(search)),
  );
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

export async function getSyncStatus(tx: TxCtx, id: string): Promise<AccountSync> {
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await listSyncStatus(tx, { ...wholeList(1), filters });
  const [account] = items;
  if (!account) throw notFound("The account");
  return account;
}

export async function syncOf(tx: TxCtx, accounts: readonly ScopedAccount[]): Promise<AccountSync[]> {
  const facts = await syncFacts(
    tx,
    accounts.map(({ id }) => id),
  );
  return accounts.flatMap((account) => {
    const known = facts.get(account.id);
    return known ? [show(account, known, tx.now())] : [];
  });
}

function show(account: ScopedAccount, facts: SyncFacts, now: Date): AccountSync {
  return {
    id: account.id,
    name: account.name,
    amazonId: facts.amazonId,
    region: facts.region,
    brandId: account.brandId,
    brandName: account.brandName,
    currency: account.currency,
    ...stateOf(account, facts, now),
    backfill: { done: facts.backfillDone, total: facts.backfillTotal, failed: facts.backfillFailed },
    days: { known: facts.knownDays, planned: Math.max(facts.plannedDays, facts.knownDays) },
    open: facts.open,
    nextAt: iso(facts.nextAt),
    entitiesSyncedAt: iso(facts.entitiesSyncedAt),
    firstDay: account.firstDay,
    freshness: freshnessOf([account], { from: account.today, to: account.today }),
    rejectedRows: facts.rejectedRows,
  };
}

const iso = (text: string | null): string | null => (text ? new Date(text).toISOString() : null);

function stateOf(account: ScopedAccount, facts: SyncFacts, now: Date): { state: SyncState; note: string | null } {
  if (!facts.reachable) {
    return {
      state: "problem",
      note: "No healthy connection reaches this account: see Connections. Its numbers stay as they are.",
    };
  }
  const underWay = facts.backfillDone + facts.backfillFailed < facts.backfillTotal;
  if (underWay) return { state: facts.openNote ? "delayed" : "backfilling", note: facts.openNote };
  if (facts.failedNote) return { state: "problem", note: facts.failedNote };
  if (!facts.canReport) {
    return {
      state: "problem",
      note: facts.reportsReason ?? "The connected Amazon users may not read this account's reports.",
    };
  }
  if (facts.openNote) return { state: "delayed", note: facts.openNote };
  if (facts.backfillFailed > 0 && facts.knownDays < facts.plannedDays) {
    return { state: "delayed", note: "Some days of the backfill are missing; they are asked for again every day." };
  }
  if (!account.syncedAt) return { state: "waiting", note: null };
  const late = now.getTime() - account.syncedAt.getTime() > allowedAgeMs(facts);
  return late
    ? { state: "delayed", note: "Syncs are late: nothing has come for longer than planned." }
    : { state: "current", note: null };
}

const allowedAgeMs = ({ reportPullsPerDay }: SyncFacts): number =>
  reportPullsPerDay === null ? currentForMs : (24 * hourMs) / reportPullsPerDay + currentForMs;

const urgency: Record<SyncState, number> = { problem: 4, delayed: 3, backfilling: 2, waiting: 1, current: 0 };

/** Of several accounts: the state that most wants a person's eye, and the backfill of all. */
export function togetherOf(accounts: readonly AccountSync[]): {
  state: SyncState;
  note: string | null;
  backfill: Backfill;
} {
  const [worst] = [...accounts].sort((a, b) => urgency[b.state] - urgency[a.state]);
  const backfill = { done: 0, total: 0, failed: 0 };
  for (const { backfill: one } of accounts) {
    backfill.done += one.done;
    backfill.total += one.total;
    backfill.failed += one.failed;
  }
  return { state: worst?.state ?? "waiting", note: worst?.note ? `${worst.name}: ${worst.note}` : null, backfill };
}
