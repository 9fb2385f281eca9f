// What is synced of each account, and how often, in words.
import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import { breakdownTypes, reportTypes, rollupSource } from "./report-types";
import { type ScopeFilter, scopeAccounts } from "./scope-store";
import { type SyncFacts, syncFacts } from "./status-store";

export interface Schedule {
  /** `Campaign report` */
  what: string;
  /** `every hour`, `twice a day` */
  often: string;
}

/** The schedules of the accounts the actor may see, by account. Those of an account that nothing reaches are kept: they go on. */
export async function listSchedules(tx: TxCtx, filter: ScopeFilter = {}): Promise<Record<string, Schedule[]>> {
  requireRead(tx, "insights.read", "anyBrand");
  const accounts = await scopeAccounts(tx, filter);
  const facts = await syncFacts(
    tx,
    accounts.map(({ id }) => id),
  );
  return Object.fromEntries(accounts.map(({ id }) => [id, schedulesOf(facts.get(id))]));
}

const campaigns: Schedule = { what: "Campaigns and their settings", often: "every hour" };

const breakdowns: Schedule = {
  what: `Reports by ${breakdownTypes.map(({ label }) => label.toLowerCase()).join(", ")}`,
  often: "once a day",
};

function schedulesOf(facts: SyncFacts | undefined): Schedule[] {
  if (!facts || (facts.reachable && !facts.canReport)) return [campaigns];
  const often = timesADay(facts.reportPullsPerDay);
  return [campaigns, { what: reportTypes[rollupSource].label, often }, breakdowns];
}

function timesADay(times: number | null): string {
  if (times === null) return "every hour";
  if (times <= 2) return times === 1 ? "once a day" : "twice a day";
  return `${times} times a day`;
}
