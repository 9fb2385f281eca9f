// What happened on the days of accounts, as annotations in words. Nothing of it is stored twice.
import type { TxCtx } from "../core/context";
import type { Annotation } from "./annotation-contract";
import type { ChangeField } from "./change-contract";
import { addDays, daysBetween } from "./date-range";
import {
  type AppliedChange,
  appliedChanges,
  type ConsentEvent,
  consentEvents,
  type EventsAsked,
  type Jump,
  type JumpColumn,
  restatementJumps,
} from "./event-store";
import type { AnsweredDays } from "./kpi-store";
import type { Scope, ScopedAccount } from "./scope";

interface Asked {
  scope: Scope;
  answered: AnsweredDays;
  campaignId?: string | undefined;
}

export async function eventsOf(tx: TxCtx, { scope, answered, campaignId }: Asked): Promise<Annotation[]> {
  const { accounts } = scope;
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const within = (mayRead: (brandId: string | null) => boolean): EventsAsked => ({
    windows: accounts
      .filter(({ brandId }) => mayRead(brandId))
      .map(({ id, timeZone, range: { from, to } }) => ({ account: id, zone: timeZone, from, to })),
    until: scope.at ?? tx.now(),
    campaignId,
  });
  const changes = await appliedChanges(
    tx,
    within((brandId) => tx.can("changes.read", brandId)),
  );
  const consents = await consentEvents(
    tx,
    within((brandId) => tx.can("accounts.read", brandId)),
  );
  const jumps = await restatementJumps(
    tx,
    within(() => true),
  );
  return [
    ...changes.flatMap((one) => withAccount(byId, one.accountId, (account) => changeEvent(account, one))),
    ...consents.flatMap((one) => consentEvent(one, byId, tx.can("connections.read"))),
    ...jumps.flatMap((one) => withAccount(byId, one.accountId, (account) => jumpEvent(account, one))),
    ...accounts.flatMap((account) => gapEvents(account, answered.get(account.id))),
  ];
}

const withAccount = (
  byId: ReadonlyMap<string, ScopedAccount>,
  id: string,
  show: (account: ScopedAccount) => Annotation | null,
): Annotation[] => {
  const account = byId.get(id);
  const shown = account ? show(account) : null;
  return shown ? [shown] : [];
};

const automatic = ({ brandId, name }: Pick<ScopedAccount, "brandId" | "name">) => ({
  scope: "brand" as const,
  brandId,
  about: name,
  campaignId: null,
  author: null,
  version: null,
  mayChange: false,
});

const fieldWords: Record<ChangeField, string> = {
  name: "name",
  state: "state",
  budget: "budget",
  baseBid: "base bid",
  startsAt: "start",
  endsAt: "end",
};

const listed = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");

const begun = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function changeEvent(account: ScopedAccount, change: AppliedChange): Annotation {
  const fields = begun(listed(change.fields.map((field) => fieldWords[field])));
  const whose =
    change.entities > change.names.length ? `${change.entities} campaigns and ad groups` : listed(change.names);
  return {
    ...automatic(account),
    id: `change:${change.setId}:${account.id}:${change.day}`,
    kind: "change",
    from: change.day,
    to: change.day,
    text: `${fields} of ${whose} ${change.undoes ? "changed back" : "changed"}${change.note ? `: ${change.note}` : "."}`,
    author: change.by,
    at: change.at.toISOString(),
    more: { resource: "change-sets", id: change.setId },
  };
}

/** Names of accounts that are told; the others are counted. */
const namesTold = 3;

function consentEvent(event: ConsentEvent, byId: ReadonlyMap<string, ScopedAccount>, mayOpen: boolean): Annotation[] {
  const accounts = event.accountIds.flatMap((id) => byId.get(id) ?? []);
  const [first] = accounts;
  if (!first) return [];
  const names = accounts.slice(0, namesTold).map(({ name }) => name);
  const more = accounts.length > namesTold ? [`${accounts.length - namesTold} more`] : [];
  return [
    {
      ...automatic(first),
      about: listed([...names, ...more]),
      id: `consent:${event.connectionId}:${event.at.toISOString()}`,
      kind: "consent",
      from: event.day,
      to: event.day,
      text: event.lost
        ? "Amazon's consent was lost: reports stopped coming."
        : "Amazon's consent is back: reports are asked for again.",
      at: event.at.toISOString(),
      more: mayOpen ? { resource: "connections", id: event.connectionId } : null,
    },
  ];
}

const columnWords: Record<JumpColumn, string> = {
  sales: "Sales",
  total_cost: "Spend",
  purchases: "Purchases",
  impressions: "Impressions",
};
const moneyColumns: readonly string[] = ["sales", "total_cost"];

/** Null where only money jumped, and this reader may not see it. */
function jumpEvent(account: ScopedAccount, { day, at, age, moved }: Jump): Annotation | null {
  const told = (Object.keys(columnWords) as JumpColumn[]).filter(
    (column) => column in moved && !(account.moneyHidden && moneyColumns.includes(column)),
  );
  if (told.length === 0) return null;
  const words = told.map((column) => `${columnWords[column]} ${shareWords(moved[column])}`);
  return {
    ...automatic(account),
    id: `restatement:${account.id}:${day}`,
    kind: "restatement",
    from: day,
    to: day,
    text: `Amazon restated this day ${age} days after it: ${listed(words)}.`,
    at: at.toISOString(),
    more: { resource: "restatements", id: `${account.id}:${day}` },
  };
}

const shareWords = (share: number | null | undefined): string => {
  if (share === null || share === undefined) return "from none";
  const percent = Math.abs(share) * 100;
  return `${share < 0 ? "−" : "+"}${percent.toFixed(percent < 9.95 ? 1 : 0)}%`;
};

/** Days between the first and the last one that Amazon answered for, which it was never asked for with success. */
function gapEvents(account: ScopedAccount, answered: ReadonlyMap<string, Date> | undefined): Annotation[] {
  const { firstDay, lastDay, range, syncedAt } = account;
  if (!firstDay || !lastDay) return [];
  const from = range.from > firstDay ? range.from : firstDay;
  const to = range.to < lastDay ? range.to : lastDay;
  const gaps: { from: string; to: string }[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (answered?.has(day)) continue;
    const last = gaps.at(-1);
    if (last && daysBetween(last.to, day) === 1) last.to = day;
    else gaps.push({ from: day, to: day });
  }
  return gaps.map((gap) => ({
    ...automatic(account),
    id: `gap:${account.id}:${gap.from}`,
    kind: "gap",
    ...gap,
    text: "No report has come for these days: they are left out of every sum.",
    at: (syncedAt ?? new Date(0)).toISOString(),
    more: { resource: "sync-runs", id: account.id },
  }));
}
