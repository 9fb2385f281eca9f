// Calendar days in a zone. A day is `YYYY-MM-DD`; day numbers count days since 1970-01-01.

export const DAY_MS = 86_400_000;

export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(dayNumber(day) + days);
}

export function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}

export function isDay(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** The zone's wall clock at `time`, read as if it were UTC. */
function wallTime(time: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(time)) parts[part.type] = Number(part.value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export function localDay(time: number, zone: string): string {
  return new Date(wallTime(time, zone)).toISOString().slice(0, 10);
}

const midnights = new Map<string, number>();

/** The moment (ms UTC) at which `day` begins in `zone`. */
export function startOfDay(day: string, zone: string): number {
  const key = `${zone}|${day}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const target = Date.parse(`${day}T00:00:00Z`);
  let moment = target;
  // Twice: the offset at the first guess may be that of the other side of a clock change.
  for (let i = 0; i < 2; i += 1) moment += target - wallTime(moment, zone);
  midnights.set(key, moment);
  return moment;
}
