// What a person should know before a change is sent: what cannot be done, and what looks like a slip.
import type { TxCtx } from "../core/context";
import type { ChangeField, ChangeFinding, ChangeValues } from "./change-contract";
import type { OpenItem } from "./change-store";
import { differing, fieldsOf, pick, valuesOf } from "./change-values";
import { selectSpent } from "./changeable-store";
import { dayIn } from "./date-range";
import { lastFlightStart, periodOf, sharesBudgets } from "./entity-source";
import { accountRefusals, type Refusal } from "./write-reach";

const problem = (field: ChangeField | null, message: string, remedy: string | null = null): ChangeFinding => ({
  kind: "problem",
  field,
  message,
  remedy,
});
const warning = (field: ChangeField | null, message: string, remedy: string | null = null): ChangeFinding => ({
  ...problem(field, message, remedy),
  kind: "warning",
});

/** All values of what an item is about, as last read; empty where no listing names it. */
export function currentOf({ item, campaign, adGroup }: OpenItem): ChangeValues {
  if (item.entity === "campaign") return campaign ? valuesOf({ ...campaign, baseBid: undefined }) : {};
  return adGroup ? valuesOf(adGroup) : {};
}

/** Findings of each item, in order. */
export async function checkChanges(tx: TxCtx, items: readonly OpenItem[]): Promise<ChangeFinding[][]> {
  const refusals = await accountRefusals(tx, items);
  const spent = await spentOf(tx, items);
  return items.map((open, index) => [
    ...reachFindings(refusals.get(open.account.id)),
    ...checkChange(open, { now: tx.now(), spent: spent[index] ?? null }),
  ]);
}

const reachFindings = (refusal: Refusal | undefined): ChangeFinding[] =>
  refusal ? [problem(null, refusal.message, refusal.remedy)] : [];

/** What has been spent of the budgets that are to change; null where there is none. */
async function spentOf(tx: TxCtx, items: readonly OpenItem[]): Promise<(bigint | null)[]> {
  const wanted = items.map(({ item, account, campaign, adGroup }) => {
    if (!item.after.budget) return null;
    const today = dayIn(account.timeZone, tx.now());
    const starts: Record<string, string> = { DAILY: today, MONTHLY: `${today.slice(0, 7)}-01` };
    const period = periodOf(item.entity === "campaign" ? campaign?.source : adGroup?.source);
    return {
      accountId: account.id,
      campaignId: adGroup?.campaignId ?? item.entityId,
      adGroupId: adGroup ? item.entityId : "",
      since: starts[period ?? ""] ?? "2000-01-01",
    };
  });
  const spent = await selectSpent(
    tx,
    wanted.filter((one) => one !== null),
  );
  let next = 0;
  return wanted.map((one) => (one ? (spent[next++] ?? null) : null));
}

interface Facts {
  now: Date;
  spent: bigint | null;
}

function checkChange(open: OpenItem, facts: Facts): ChangeFinding[] {
  const current = currentOf(open);
  const after = open.item.after as ChangeValues;
  if (current.state === undefined || current.state === "UNLISTED") {
    return [problem(null, "Amazon does not list it now.", "Sync the account, then look again.")];
  }
  if (current.state === "ARCHIVED") return [problem(null, "It is archived: Amazon takes no changes to it.")];
  return [
    ...driftFindings(open, current),
    ...fieldsOf(after).flatMap((field) => untakeable(field, after)),
    ...dateFindings(open, current, facts),
    ...moneyFindings(open, facts),
  ];
}

function driftFindings({ item, set }: OpenItem, current: ChangeValues): ChangeFinding[] {
  const before = item.before as ChangeValues;
  const changed = differing(before, pick(current, fieldsOf(before)));
  const words = set.undoes ? "Changed again since then, by others" : "Changed at Amazon since you edited it";
  return changed.map((field) => warning(field, `${words}: it will be skipped until you confirm it.`));
}

/** What Amazon does not take, as when an older value is to come back. */
function untakeable(field: ChangeField, after: ChangeValues): ChangeFinding[] {
  const value = after[field];
  if (field === "state" && value !== "ENABLED" && value !== "PAUSED") {
    return [problem("state", `Amazon does not let this state be set (${value ?? "none"}).`)];
  }
  if (value === null) return [problem(field, "Amazon does not let this be emptied again.")];
  return [];
}

function dateFindings({ item, campaign }: OpenItem, current: ChangeValues, { now }: Facts): ChangeFinding[] {
  const after = item.after as ChangeValues;
  if (!after.startsAt && !after.endsAt) return [];
  const { startsAt, endsAt } = { ...current, ...after };
  const found: ChangeFinding[] = [];
  const field = after.endsAt ? "endsAt" : "startsAt";
  if (startsAt && endsAt && endsAt <= startsAt) found.push(problem(field, "It would end before it starts."));
  const lastStart = item.entity === "campaign" ? lastFlightStart(campaign?.source) : null;
  if (found.length === 0 && after.endsAt && lastStart && new Date(after.endsAt) <= lastStart) {
    found.push(
      problem("endsAt", "Its last flight starts later than that.", "Take that flight out in Amazon's console first."),
    );
  }
  if (after.endsAt && new Date(after.endsAt) < now) {
    found.push(warning("endsAt", "This end has passed: delivery stops at once."));
  }
  if (after.startsAt && new Date(after.startsAt) < now) {
    found.push(warning("startsAt", "This start has passed: Amazon may refuse it."));
  }
  return found;
}

/** Amazon's documented bounds of the United States, in micros. */
const displayBids = { least: 10_000n, most: 39_990_000n };
const videoBids = { least: 10_000n, most: 116_990_000n };

function moneyFindings(open: OpenItem, { spent }: Facts): ChangeFinding[] {
  const { item, account, adGroup, campaign } = open;
  const [before, after] = [item.before as ChangeValues, item.after as ChangeValues];
  const found: ChangeFinding[] = [];
  if (after.budget && spent !== null && BigInt(after.budget) < spent) {
    found.push(warning("budget", "Less than has been spent of it already: delivery stops."));
  }
  if (after.budget && adGroup && sharesBudgets(campaign?.source, adGroup.source)) {
    found.push(
      warning(
        "budget",
        "Amazon shares the budget out among its ad groups itself and will refuse this.",
        "Set budget allocation to manual in Amazon's console first.",
      ),
    );
  }
  if (after.baseBid && account.currency === "USD") {
    const bounds = adGroup?.inventoryType === "DISPLAY" ? displayBids : videoBids;
    const bid = BigInt(after.baseBid);
    if (bid < bounds.least || bid > bounds.most) {
      const most = (Number(bounds.most) / 1e6).toFixed(2);
      found.push(warning("baseBid", `Amazon takes base bids from 0.01 to ${most} USD here.`));
    }
  }
  for (const field of ["budget", "baseBid"] as const) {
    if (isLarge(before[field], after[field])) found.push(warning(field, "Changes by more than half."));
  }
  return found;
}

function isLarge(before: string | null | undefined, after: string | null | undefined): boolean {
  if (!before || !after) return false;
  const [from, to] = [BigInt(before), BigInt(after)];
  const difference = to > from ? to - from : from - to;
  return difference * 2n > from;
}
