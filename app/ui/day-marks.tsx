// What happened on the days of a chart, day by day under it. One stop for the tab key; arrows choose a day.
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { plotLeft, plotRight } from "./chart-config";
import { formatDay } from "./format";
import { useView } from "./view";

export interface DayMark {
  id: string;
  from: string;
  to: string;
  /** What kind of mark it is, in a word. */
  kind: string;
  icon: ReactNode;
  text: string;
}

export const marksOn = (marks: readonly DayMark[], day: string): DayMark[] =>
  marks.filter(({ from, to }) => from <= day && day <= to);

interface DayMarksProps {
  days: readonly string[];
  marks: readonly DayMark[];
  onDay(day: string): void;
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_, last) => last,
};

export function DayMarks({ days, marks, onDay }: DayMarksProps) {
  const { locale } = useView();
  const row = useRef<HTMLDivElement>(null);
  const firstMarked = days.findIndex((day) => marksOn(marks, day).length > 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const active = Math.min(chosen ?? Math.max(0, firstMarked), days.length - 1);
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = step(active, days.length - 1);
    setChosen(next);
    row.current?.querySelectorAll<HTMLButtonElement>("button")[next]?.focus();
  };
  return (
    <div
      ref={row}
      className="tm-day-marks"
      role="toolbar"
      aria-label="Notes by day; arrow keys choose a day"
      style={{ paddingLeft: plotLeft, paddingRight: plotRight }}
      onKeyDown={onKey}
    >
      {days.map((day, index) => {
        const own = marksOn(marks, day);
        const begun = own.filter(({ from }) => from === day || index === 0);
        const words = own.length > 0 ? own.map(({ kind, text }) => `${kind}: ${text}`).join("\n") : "nothing noted";
        return (
          <button
            key={day}
            type="button"
            tabIndex={index === active ? 0 : -1}
            aria-label={`${formatDay(day, { locale })}, ${words}`}
            data-tip={`${formatDay(day, { locale, weekday: true })}\n${words}`}
            data-lasting={own.some(({ from, to }) => from !== to) || undefined}
            onFocus={() => setChosen(index)}
            onClick={() => onDay(day)}
          >
            <span aria-hidden="true">{begun.length > 1 ? begun.length : begun[0]?.icon}</span>
          </button>
        );
      })}
    </div>
  );
}
