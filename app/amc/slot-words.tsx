import type { AmcSlot } from "#server/amc/schedule-contract";
import { type Signal, StatusTag } from "~/ui/status-tag";

const states: Record<AmcSlot["state"], { signal: Signal; word: string }> = {
  started: { signal: "ok", word: "Started" },
  reused: { signal: "info", word: "Answered by an earlier run" },
  missed: { signal: "off", word: "Left out" },
  refused: { signal: "problem", word: "Refused" },
};

export const SlotTag = ({ state, note }: Pick<AmcSlot, "state" | "note">) => (
  <StatusTag signal={states[state].signal} why={note}>
    {states[state].word}
  </StatusTag>
);
