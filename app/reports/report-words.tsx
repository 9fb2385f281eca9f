// The words of a custom report's state, and of its question.
import type { CustomReport, ReportAsk, ReportState } from "#server/reports/contract";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { Day } from "~/ui/values";

const states: Record<ReportState, { signal: Signal; word: string }> = {
  waiting: { signal: "waiting", word: "Waits" },
  running: { signal: "working", word: "At Amazon" },
  done: { signal: "ok", word: "Ready" },
  partial: { signal: "attention", word: "Ready in part" },
  failed: { signal: "problem", word: "Failed" },
};

export const ReportTag = ({ state }: Pick<CustomReport, "state">) => (
  <StatusTag signal={states[state].signal}>{states[state].word}</StatusTag>
);

const askStates: Record<ReportAsk["state"], { signal: Signal; word: string }> = {
  due: { signal: "waiting", word: "Waits" },
  requested: { signal: "working", word: "Amazon makes it" },
  done: { signal: "ok", word: "Here" },
  failed: { signal: "problem", word: "Failed" },
};

export const AskTag = ({ state }: Pick<ReportAsk, "state">) => (
  <StatusTag signal={askStates[state].signal}>{askStates[state].word}</StatusTag>
);

/** "supplySource" as "Supply source". */
export function groupWords(key: string): string {
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const RangeWords = ({ from, to }: Pick<CustomReport, "from" | "to">) => (
  <>
    <Day day={from} /> to <Day day={to} />
  </>
);
