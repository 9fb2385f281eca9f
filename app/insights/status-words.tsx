// States of campaigns and of syncs, each as a sign with a word.
import type { AccountSync, Campaign, SyncState } from "#server/insights/contract";
import type { SyncRun } from "#server/insights/sync-contract";
import { type Signal, StatusTag } from "~/ui/status-tag";

interface Word {
  signal: Signal;
  word: string;
}

const states: Record<string, Word> = {
  PAUSED: { signal: "paused", word: "Paused" },
  ARCHIVED: { signal: "off", word: "Archived" },
  UNLISTED: { signal: "off", word: "Not listed" },
};

const deliveries: Record<string, Word> = {
  DELIVERING: { signal: "ok", word: "Delivering" },
  LIMITED: { signal: "attention", word: "Limited" },
  NOT_DELIVERING: { signal: "attention", word: "Not delivering" },
  UNAVAILABLE: { signal: "waiting", word: "Delivery unknown" },
};

/** Amazon's codes as words: AD_GROUP_PAUSED is "Ad group paused". */
export function codeWords(code: string): string {
  const words = code.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Entity = Pick<Campaign, "state" | "deliveryStatus" | "deliveryReasons">;

export function EntityTag({ state, deliveryStatus, deliveryReasons }: Entity) {
  const own = states[state];
  const { signal, word } = own ?? deliveries[deliveryStatus ?? ""] ?? { signal: "info", word: codeWords(state) };
  const unlisted = state === "UNLISTED" ? "Reports name it, but Amazon does not list it now." : null;
  const reasons = deliveryReasons.map(codeWords).join("; ");
  return (
    <StatusTag signal={signal} why={unlisted ?? (own ? null : reasons || null)}>
      {word}
    </StatusTag>
  );
}

export const stateOptions = [
  { value: "ENABLED", label: "Enabled" },
  { value: "PAUSED", label: "Paused" },
  { value: "ARCHIVED", label: "Archived" },
  { value: "UNLISTED", label: "Not listed" },
];

export const deliveryOptions = Object.entries(deliveries).map(([value, { word }]) => ({ value, label: word }));

export const syncWords: Record<SyncState, Word> = {
  waiting: { signal: "waiting", word: "Waiting" },
  backfilling: { signal: "working", word: "Filling" },
  current: { signal: "ok", word: "Current" },
  delayed: { signal: "attention", word: "Delayed" },
  problem: { signal: "problem", word: "Needs attention" },
};

export function SyncTag({ sync }: { sync: Pick<AccountSync, "state" | "note"> }) {
  const { signal, word } = syncWords[sync.state];
  return (
    <StatusTag signal={signal} why={sync.note}>
      {word}
    </StatusTag>
  );
}

const runWords: Record<SyncRun["state"], Word> = {
  due: { signal: "waiting", word: "Due" },
  requested: { signal: "working", word: "At Amazon" },
  done: { signal: "ok", word: "Done" },
  failed: { signal: "problem", word: "Failed" },
};

export function RunTag({ run }: { run: Pick<SyncRun, "state" | "note"> }) {
  const { signal, word } = runWords[run.state];
  const delayed = run.note && (run.state === "due" || run.state === "requested");
  return (
    <StatusTag signal={delayed ? "attention" : signal} why={run.note}>
      {delayed ? "Put off" : word}
    </StatusTag>
  );
}

export const runStateOptions = Object.entries(runWords).map(([value, { word }]) => ({ value, label: word }));

/** Why a day moved: what Amazon was asked for then. */
export const causeWords: Record<SyncRun["kind"], string> = {
  recent: "Amazon completed a recent day",
  settle: "Amazon restated it",
  backfill: "Its first backfill",
  catchup: "A gap was filled",
  manual: "Somebody asked for it",
};

export const kindWords: Record<SyncRun["kind"], string> = {
  recent: "Last two days",
  settle: "Settle window",
  backfill: "Backfill",
  catchup: "Missing days",
  manual: "By hand",
};
