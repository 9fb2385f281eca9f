// What the facts about a brand mean: each sign, and which one wants a person.
import type { ConsentMap } from "../connections";
import type { BrandData } from "../insights";
import type { OpenAlert } from "../notifications";
import type { AlertSign, ConsentSign, FreshnessSign, WallBrand, WallSignal, WorkSign } from "./contract";
import type { WorkCounts } from "./wall-store";

type BrandConsent = ConsentMap["brands"][number];

const soonMs = 30 * 24 * 3_600_000;

export function consentSign(consent: BrandConsent, now: Date): ConsentSign {
  const { cover, accounts, stranded, hanging, endsAt } = consent;
  const endsSoon = endsAt !== null && Date.parse(endsAt) - now.getTime() <= soonMs;
  return {
    signal: coverSignals[cover] === "ok" && endsSoon ? "attention" : coverSignals[cover],
    cover,
    accounts: accounts.length,
    stranded,
    hanging,
    endsAt: endsSoon ? endsAt : null,
  };
}

const coverSignals: Record<BrandConsent["cover"], WallSignal> = {
  stranded: "problem",
  one_grantor: "attention",
  covered: "ok",
  no_accounts: "quiet",
};

const noFreshness = { syncedAt: null, dataThrough: null, zones: [], partialDay: null };

export function freshnessSign(data: BrandData | undefined): FreshnessSign {
  if (!data) return { signal: "quiet", state: null, note: null, late: 0, accounts: 0, freshness: noFreshness };
  const { state, note, late, accounts, freshness } = data;
  return { signal: syncSignals[state], state, note, late, accounts, freshness };
}

const syncSignals: Record<BrandData["state"], WallSignal> = {
  problem: "problem",
  delayed: "attention",
  backfilling: "quiet",
  waiting: "quiet",
  current: "ok",
};

const noWork: WorkCounts = { failedSyncs: 0, waitingSyncs: 0, failedChanges: 0, failedActions: 0 };

export function workSign(counts: WorkCounts = noWork, failedDeliveries: number): WorkSign {
  const failed = counts.failedSyncs + counts.failedChanges + counts.failedActions + failedDeliveries;
  return {
    signal: failed > 0 ? "problem" : counts.waitingSyncs > 0 ? "attention" : "ok",
    ...counts,
    failedDeliveries,
  };
}

/** @param alerts newest first */
export function alertSign(alerts: readonly OpenAlert[]): AlertSign {
  const signal = alerts.some((alert) => alert.signal === "problem")
    ? "problem"
    : alerts.length > 0
      ? "attention"
      : "ok";
  const [newest] = alerts;
  return { signal, open: alerts.length, title: newest?.title ?? null, path: newest?.action?.path ?? null };
}

type Signs = Pick<WallBrand, "consent" | "data" | "spend" | "work" | "alerts">;

const signalsOf = ({ consent, data, spend, work, alerts }: Signs): WallSignal[] =>
  [consent, data, spend, work, alerts].flatMap((sign) => sign?.signal ?? []);

export function needOf(signs: Signs): WallBrand["need"] {
  const signals = signalsOf(signs);
  return signals.includes("problem") ? "problem" : signals.includes("attention") ? "attention" : "none";
}

/** Any problem weighs more than every attention. */
export function urgencyOf(signs: Signs): number {
  const signals = signalsOf(signs);
  const many = (signal: WallSignal) => signals.filter((one) => one === signal).length;
  return many("problem") * 10 + many("attention");
}
