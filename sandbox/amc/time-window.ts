import { addDays, addMonths, localDay, startOfDay } from "../world/calendar";

// The windows an execution can ask for (contracts.md 5.3), as moments. All but EXPLICIT end 48 hours ago or earlier.

export const WINDOW_TYPES = [
  "EXPLICIT",
  "MOST_RECENT_DAY",
  "MOST_RECENT_WEEK",
  "CURRENT_MONTH",
  "PREVIOUS_MONTH",
  "ALL",
] as const;
type WindowType = (typeof WINDOW_TYPES)[number];

export interface Window {
  start: number;
  end: number;
  /** on the zone's wall clock, as given or as found */
  startOriginal: string;
  endOriginal: string;
  zone: string;
}

interface WindowAsked {
  type: WindowType;
  start?: string | undefined;
  end?: string | undefined;
  zone: string;
}

const LAG_MS = 48 * 3_600_000;
const HISTORY_MONTHS = 13;
const WALL_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})$/;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A text instead of a window says what is wrong. */
export function windowOf(asked: WindowAsked, now: number): Window | string {
  const { type, start, end, zone } = asked;
  if (!isZone(zone)) return `timeWindowTimeZone ${zone} is not a time zone`;
  if (type === "EXPLICIT") {
    if (start === undefined || end === undefined)
      return "timeWindowStart and timeWindowEnd are required for timeWindowType EXPLICIT";
    if (!WALL_TIME.test(start) || !WALL_TIME.test(end))
      return "timeWindowStart and timeWindowEnd must be yyyy-MM-dd'T'HH:mm:ss";
    const window = { start: momentOf(start, zone), end: momentOf(end, zone) };
    if (!(window.start < window.end)) return "timeWindowStart must be before timeWindowEnd";
    return { ...window, startOriginal: start, endOriginal: end, zone };
  }
  if (start !== undefined || end !== undefined)
    return `timeWindowStart and timeWindowEnd are for timeWindowType EXPLICIT only, not ${type}`;
  const [first, last] = daysOf(type, localDay(now - LAG_MS, zone));
  return {
    start: startOfDay(first, zone),
    end: startOfDay(last, zone),
    startOriginal: `${first}T00:00:00`,
    endOriginal: `${last}T00:00:00`,
    zone,
  };
}

/** The first day, and the day after the last. `today` is the day that is not whole yet. */
function daysOf(type: Exclude<WindowType, "EXPLICIT">, today: string): [string, string] {
  const month = `${today.slice(0, 7)}-01`;
  switch (type) {
    case "MOST_RECENT_DAY":
      return [addDays(today, -1), today];
    case "MOST_RECENT_WEEK":
      return [addDays(today, -7), today];
    case "CURRENT_MONTH":
      return [month, today === month ? addDays(today, 1) : today];
    case "PREVIOUS_MONTH":
      return [addMonths(month, -1), month];
    case "ALL":
      return [addMonths(month, -HISTORY_MONTHS), today];
  }
}

/** A wall clock of the zone; NaN where there is no such day. */
function momentOf(text: string, zone: string): number {
  const [, day = "", hour, minute, second] = WALL_TIME.exec(text) ?? [];
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return Number.NaN;
  // From midnight on: off by an hour between a clock change of the day and its end.
  return startOfDay(day, zone) + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}
