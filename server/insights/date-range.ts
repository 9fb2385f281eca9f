// Ranges of report days. A relative range stays relative in the URL and means its days in the zone of the data.
import { Temporal } from "temporal-polyfill";
import type { DayRange } from "./report-types";

const presets = {
  yesterday: (today) => back(today, 1),
  "last-7-days": (today) => back(today, 7),
  "last-14-days": (today) => back(today, 14),
  "last-30-days": (today) => back(today, 30),
  "last-90-days": (today) => back(today, 90),
  "month-to-date": (today) => ({ from: today.subtract({ days: 1 }).with({ day: 1 }), to: today.subtract({ days: 1 }) }),
  "last-month": (today) => {
    const to = today.with({ day: 1 }).subtract({ days: 1 });
    return { from: to.with({ day: 1 }), to };
  },
} as const satisfies Record<
  string,
  (today: Temporal.PlainDate) => { from: Temporal.PlainDate; to: Temporal.PlainDate }
>;

export type RangePreset = keyof typeof presets;
export const defaultRange: RangePreset = "last-30-days";
const longestRange = 800;

const back = (today: Temporal.PlainDate, days: number) => ({
  from: today.subtract({ days }),
  to: today.subtract({ days: 1 }),
});

export interface ResolvedRange extends DayRange {
  /** What was asked for: a preset or `from..to`. */
  id: string;
  days: number;
  /** As many days to compare with: those just before, or those of the year before, weekday upon weekday. */
  previous: DayRange;
}

/** What a range is compared with. */
export const comparisons = ["previous", "year"] as const;
export type Comparison = (typeof comparisons)[number];
/** Days from a range to what it is compared with. A year is 52 whole weeks, so that Mondays meet Mondays. */
export const shiftOf = ({ from, previous }: Pick<ResolvedRange, "from" | "previous">): number =>
  daysBetween(previous.from, from);
const yearDays = 364;

/** The day of a moment in a zone. */
export const dayIn = (zone: string, moment: Date): string => zoned(zone, moment).toPlainDate().toString();

/** The hour of a moment on the clocks of a zone. */
export const hourIn = (zone: string, moment: Date): number => zoned(zone, moment).hour;

/** How much of its day a moment leaves behind it, 0 to 1: a day may have 23 or 25 hours. */
export function shareOfDay(zone: string, moment: Date): number {
  const at = zoned(zone, moment);
  const begun = at.startOfDay();
  return (at.epochMilliseconds - begun.epochMilliseconds) / (at.hoursInDay * 3_600_000);
}

const zoned = (zone: string, moment: Date) =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone);

const dayMs = 86_400_000;
const startOf = (day: string): number => {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start)) throw new RangeError(`${day} is no day.`);
  return start;
};

// A page reckons with thousands of days, which have no zone: whole days of UTC do, and cost a tenth of what dates as objects do.
export const addDays = (day: string, days: number): string =>
  new Date(startOf(day) + days * dayMs).toISOString().slice(0, 10);

/** Whole days from one to the other; negative where the other is earlier. */
export const daysBetween = (from: string, to: string): number => (startOf(to) - startOf(from)) / dayMs;

export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
};

const isPreset = (text: string): text is RangePreset => Object.hasOwn(presets, text);

/** The days a range means; null where it means none. `today` is the day in the zone of the data. */
export function resolveRange(text: string, today: string, compare: Comparison = "previous"): ResolvedRange | null {
  const days = isPreset(text) ? presetDays(text, today) : fixedDays(text);
  if (!days) return null;
  const length = daysBetween(days.from, days.to) + 1;
  if (length > longestRange) return null;
  const shift = compare === "year" ? Math.ceil(length / yearDays) * yearDays : length;
  return {
    id: text,
    ...days,
    days: length,
    previous: { from: addDays(days.from, -shift), to: addDays(days.to, -shift) },
  };
}

function presetDays(preset: RangePreset, today: string): DayRange {
  const { from, to } = presets[preset](Temporal.PlainDate.from(today));
  return { from: from.toString(), to: to.toString() };
}

function fixedDays(text: string): DayRange | null {
  const [from = "", to = "", more] = text.split("..");
  return more === undefined && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/** The range cut into pieces of at most `longest` days, the newest first. */
export function chunksOf({ from, to }: DayRange, longest: number): DayRange[] {
  const chunks: DayRange[] = [];
  for (let end = to; end >= from; end = addDays(chunks.at(-1)?.from ?? from, -1)) {
    const start = addDays(end, 1 - longest);
    chunks.push({ from: start < from ? from : start, to: end });
  }
  return chunks;
}

/** Days of a range that lie before `limit` days of age. */
export function settledDays({ from, to }: DayRange, days: number, today: string): number {
  const last = addDays(today, -days);
  return last < from ? 0 : daysBetween(from, last < to ? last : to) + 1;
}
