// The words of windows, runs and instances.
import type { AmcInstance, AmcWindow, InstanceState, ResolvedWindow } from "#server/amc/contract";
import { instanceStateWords } from "#server/amc/contract";
import {
  type AmcExecution,
  type ExecutionOrigin,
  type ExecutionState,
  executionStateWords,
} from "#server/amc/execution-contract";
import type { ResultColumn, Suppression } from "#server/amc/result-contract";
import { formatNumber, formatPercent } from "~/ui/format";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { Day, Percent } from "~/ui/values";
import { useView } from "~/ui/view";

/** "1 row", "2,345 rows". */
export const plural = (count: number, noun: string, locale: string): string =>
  `${formatNumber(count, { locale })} ${noun}${count === 1 ? "" : "s"}`;

const executionSignals: Record<ExecutionState, Signal> = {
  waiting: "waiting",
  submitting: "working",
  running: "working",
  collecting: "working",
  done: "ok",
  failed: "problem",
  cancelled: "off",
};

export const ExecutionTag = ({ state, note }: Pick<AmcExecution, "state"> & { note?: string | null }) => (
  <StatusTag signal={executionSignals[state]} why={note}>
    {executionStateWords[state]}
  </StatusTag>
);

const instanceSignals: Record<InstanceState, Signal> = {
  requested: "waiting",
  creating: "working",
  ready: "ok",
  failed: "problem",
  unreachable: "attention",
};

export const InstanceTag = ({ state, note }: Pick<AmcInstance, "state" | "note">) => (
  <StatusTag signal={instanceSignals[state]} why={note}>
    {instanceStateWords[state]}
  </StatusTag>
);

export const originWords: Record<ExecutionOrigin, string> = {
  person: "A person",
  schedule: "A schedule",
  backfill: "Earlier periods",
};

const ago = (back: number, period: string): string => {
  if (back === 0) return `The latest complete ${period}`;
  return back === 1
    ? `The ${period} before the latest complete one`
    : `The ${period} ${back} before the latest complete one`;
};

/** A window as it is asked. */
export function windowWords(window: AmcWindow): string {
  switch (window.kind) {
    case "days":
      return `${window.from} to ${window.to}`;
    case "last":
      return window.days === 1 ? "The latest complete day" : `The latest ${window.days} complete days`;
    case "month":
      return ago(window.back, "month");
    case "week":
      return ago(window.back, "week");
    default:
      return window satisfies never;
  }
}

/** The share that thresholds hide: a little is not nothing. */
export function hiddenWords(share: number, locale: string): string {
  if (share === 0) return "nothing hidden";
  const least = 0.001;
  return share < least
    ? `under ${formatPercent(least, { locale, decimals: 1 })}`
    : formatPercent(share, { locale, decimals: 1 });
}

/** "12.5% of users hidden", of the first measure that lost anything; null where nothing is hidden. */
export function hiddenOf(
  { hiddenRows, measures }: Suppression,
  columns: readonly ResultColumn[],
  locale: string,
): string | null {
  if (hiddenRows === 0) return null;
  const worst = measures.find(({ share }) => share !== null && share > 0);
  if (!worst?.share) return "Rows are hidden";
  const label = columns.find(({ name }) => name === worst.column)?.label ?? worst.column;
  return `${hiddenWords(worst.share, locale)} of ${label.toLowerCase()} hidden`;
}

export function HiddenShare({ share }: { share: number | null }) {
  const { locale } = useView();
  return share === null ? <Percent ratio={null} /> : <span className="tm-figure">{hiddenWords(share, locale)}</span>;
}

/** A window as it was resolved. */
export const DaysOf = ({ window: { from, to } }: { window: Pick<ResolvedWindow, "from" | "to"> }) => (
  <>
    <Day day={from} year={from.slice(0, 4) !== to.slice(0, 4)} /> – <Day day={to} />
  </>
);
