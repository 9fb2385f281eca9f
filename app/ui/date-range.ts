// A range of report days as the URL says it: `range=last-30-days` stays relative, `range=2026-11-01..2026-11-20` is fixed.

/** The presets, in menu order. Relative ranges end yesterday, the last complete day. */
export const rangePresets = [
  { id: "yesterday", label: "Yesterday" },
  { id: "last-7-days", label: "Last 7 days" },
  { id: "last-14-days", label: "Last 14 days" },
  { id: "last-30-days", label: "Last 30 days" },
  { id: "last-90-days", label: "Last 90 days" },
  { id: "month-to-date", label: "Month to date" },
  { id: "last-month", label: "Last month" },
] as const;

/** What of a URL says how numbers are looked at. */
export const viewParams = ["range", "compare", "age", "asof", "currency"] as const;
export const isViewParam = (name: string): boolean => viewParams.some((known) => known === name);

export type RangePreset = (typeof rangePresets)[number]["id"];

export const DEFAULT_RANGE: RangePreset = "last-30-days";
const LONGEST_RANGE_DAYS = 800;

export interface Days {
  from: string;
  to: string;
}

export interface ResolvedRange extends Days {
  /** What the URL says: a preset or `from..to`. */
  id: string;
  label: string;
  days: number;
  /** As many days that it is compared with. */
  previous: Days;
  /** Whether the URL asks for a comparison with `previous`. */
  compared: boolean;
  /** Whether these are the days just before, or those of the year before, weekday upon weekday. */
  compare: "previous" | "year";
  /** Whether they are seen as they stood at the age the range has now. */
  sameAge: boolean;
  /** The moment the numbers are seen as of, ISO 8601; null: now. */
  asOf: string | null;
  /** What money is shown in; null: as it is native. */
  currency: string | null;
}

const DAY_MS = 86_400_000;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

const numberOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayOfNumber = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => dayOfNumber(numberOfDay(day) + count);

const isDay = (text: string): boolean => {
  if (!dayPattern.test(text)) return false;
  const number = numberOfDay(text);
  return Number.isFinite(number) && dayOfNumber(number) === text;
};

const lastDays = (count: number, today: string): Days => ({ from: addDays(today, -count), to: addDays(today, -1) });

const daysOfPreset = (preset: RangePreset, today: string): Days => {
  switch (preset) {
    case "yesterday":
      return lastDays(1, today);
    case "last-7-days":
      return lastDays(7, today);
    case "last-14-days":
      return lastDays(14, today);
    case "last-30-days":
      return lastDays(30, today);
    case "last-90-days":
      return lastDays(90, today);
    case "month-to-date": {
      const to = addDays(today, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
    case "last-month": {
      const to = addDays(`${today.slice(0, 7)}-01`, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
    default:
      return preset satisfies never;
  }
};

const customDays = (text: string): Days | null => {
  const [from = "", to = ""] = text.split("..");
  if (!isDay(from) || !isDay(to) || from > to) return null;
  return numberOfDay(to) - numberOfDay(from) < LONGEST_RANGE_DAYS ? { from, to } : null;
};

/** The days a `range` value means, or null where it means none. `today` is `YYYY-MM-DD` in the zone of the data. */
export function daysOf(text: string, today: string): Days | null {
  const preset = rangePresets.find(({ id }) => id === text);
  return preset ? daysOfPreset(preset.id, today) : customDays(text);
}
