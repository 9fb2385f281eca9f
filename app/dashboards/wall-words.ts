// Each sign of the brand wall in words, and where what it says is mended.
import type {
  AlertSign,
  ConsentSign,
  FreshnessSign,
  SpendSign,
  WallSignal,
  WorkSign,
} from "#server/dashboards/contract";
import { syncWords } from "~/insights/status-words";
import { formatDay, formatMoment, formatPercent } from "~/ui/format";
import type { Signal } from "~/ui/status-tag";

export interface SignWords {
  signal: Signal;
  word: string;
  /** The reason, on hover and for screen readers. */
  why: string | null;
  to: string;
}

const quietly = (signal: WallSignal): Signal => (signal === "quiet" ? "off" : signal);
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

export function consentWords(id: string, sign: ConsentSign, locale: string): SignWords {
  const { cover, accounts, stranded, hanging, endsAt } = sign;
  const ends = endsAt ? formatDay(endsAt.slice(0, 10), { locale, year: false }) : null;
  const words = {
    stranded: {
      word: stranded === accounts ? "No usable consent" : `${stranded} of ${accounts} not reached`,
      why: `No consent that can be used reaches ${stranded} of ${plural(accounts, "account")}: nothing new comes in.`,
    },
    one_grantor: {
      word: "One grantor",
      why: `One person's consent alone reaches ${hanging} of ${plural(accounts, "account")}. If it ends, the data stops.`,
    },
    covered: { word: "Covered", why: "Every account has somebody who would take over at once." },
    no_accounts: { word: "No advertiser", why: "No advertiser belongs to this brand yet." },
  }[cover];
  const to = cover === "no_accounts" ? accountsWithout : `/consents?brand=${id}&details=${id}`;
  return {
    signal: quietly(sign.signal),
    word: ends && cover !== "stranded" ? `${words.word}, ends ${ends}` : words.word,
    why: ends ? `${words.why} A consent may end on ${ends}.` : words.why,
    to,
  };
}

export const accountsWithout = "/accounts?filters[0][field]=brandId&filters[0][operator]=eq&filters[0][value]=none";

export function dataWords(id: string, sign: FreshnessSign, locale: string): SignWords {
  const { state, note, late, accounts, freshness } = sign;
  const to = `/sync?brand=${id}`;
  if (state === null) return { signal: "off", word: "No advertiser", why: null, to: accountsWithout };
  const { signal, word } = syncWords[state];
  const day = freshness.dataThrough ? formatDay(freshness.dataThrough, { locale, year: false }) : null;
  const some = late > 0 && late < accounts ? `${late} of ${accounts} late` : word;
  const asOf = freshness.syncedAt ? formatMoment(new Date(freshness.syncedAt), "UTC", locale) : null;
  const reach = day && asOf ? `Data as of ${asOf}, to ${day}, days in ${freshness.zones.join(" and ")}.` : noData;
  return { signal, word: day ? `${some}, to ${day}` : some, why: [note, reach].filter(Boolean).join(" "), to };
}

const noData = "No data from every account yet.";

const paceSignals: Record<SpendSign["pace"], Signal> = {
  no_budget: "off",
  no_account: "off",
  early: "waiting",
  on_pace: "ok",
  under: "attention",
  over: "attention",
  spent: "problem",
};

/** "12% under", with what that is measured by. */
export function paceWords(id: string, sign: SpendSign, locale: string): SignWords {
  const { pace, deviation, budgetCurrency, spentShare, daysShare } = sign;
  const share = (ratio: number | null) => formatPercent(ratio, { locale, decimals: 0 });
  const off = share(Math.abs(deviation ?? 0));
  const [month] = sign.months;
  const word = {
    no_budget: "No budget",
    no_account: `No account in ${budgetCurrency}`,
    early: "Month just begun",
    on_pace: "On pace",
    under: `${off} under`,
    over: `${off} over`,
    spent: "Budget used up",
  }[pace];
  const measured =
    month && spentShare !== null
      ? `${share(spentShare)} of the budget is spent with ${share(daysShare)} of the month counted (${month.counted} of ${month.days} days in ${month.zone}).`
      : null;
  const why = {
    no_budget: "Set a monthly budget to see the pace.",
    no_account: `The budget is in ${budgetCurrency}; no account of the brand is.`,
    early: month && month.passed > 0 ? "No day of this month is reported yet." : "No day of this month is over yet.",
  };
  return {
    signal: paceSignals[pace],
    word,
    why: [measured ?? why[pace as keyof typeof why] ?? null, month ? gapWords(month) : null].filter(Boolean).join(" "),
    to: `/brands/${id}?range=month-to-date`,
  };
}

function gapWords({ passed, counted, gaps, silent }: SpendSign["months"][number]): string | null {
  const parts = [
    counted > 0 && counted < passed ? `${plural(passed - counted, "day")} not reported by every account yet.` : null,
    gaps > 0 ? `${plural(gaps, "report day")} missing among those counted.` : null,
    silent > 0 ? `${plural(silent, "account")} never reported and left out.` : null,
  ];
  return parts.filter(Boolean).join(" ") || null;
}

/** The sets of changes that were not applied whole. */
const changesFailed =
  "/changes?filters[0][field]=state&filters[0][operator]=eq&filters[0][value][0]=failed&filters[0][value][1]=partly";

/** Custom actions whose calls were not done. */
const actionsFailed = (brandId: string) =>
  `/custom-actions/runs?brand=${brandId}&filters[0][field]=state&filters[0][operator]=eq&filters[0][value][0]=failed&filters[0][value][1]=refused`;

export function workWords(id: string, sign: WorkSign): SignWords {
  const { failedSyncs, waitingSyncs, failedDeliveries, failedChanges, failedActions } = sign;
  const failed = [
    { count: failedSyncs, noun: "sync", to: `/sync?brand=${id}` },
    { count: failedChanges, noun: "change", to: changesFailed },
    { count: failedActions, noun: "action", to: actionsFailed(id) },
    { count: failedDeliveries, noun: "mail", to: "/health" },
  ].filter(({ count }) => count > 0);
  const waiting = waitingSyncs > 0 ? `${plural(waitingSyncs, "sync")} put off` : null;
  const [first] = failed;
  if (!first) {
    const word = waiting ?? "Nothing failed";
    return { signal: quietly(sign.signal), word, why: null, to: `/sync?brand=${id}` };
  }
  const all = failed.map(({ count, noun }) => `${plural(count, noun)} failed`);
  const total = failed.reduce((sum, { count }) => sum + count, 0);
  return {
    signal: quietly(sign.signal),
    word: failed.length === 1 ? (all[0] ?? "") : `${total} failed`,
    why: [...all, waiting].filter(Boolean).join(", "),
    to: first.to,
  };
}

export function alertWords({ signal, open, title, path }: AlertSign): SignWords {
  const word = open === 0 ? "None open" : `${open} open`;
  return { signal: quietly(signal), word, why: title, to: path ?? "/inbox" };
}
