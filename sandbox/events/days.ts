import { DAY_MS, dayNumber, dayOf, localDay, startOfDay } from "../world/calendar";

/** The days of an advertiser's events, in its zone. Days are counted from the first; moments are ms UTC. */
export interface Days {
  names: string[];
  start(day: number): number;
  /** the wall clock at a moment, read as if it were UTC */
  local(moment: number): number;
}

export function daysBetween(first: string, asOf: number, zone: string): Days {
  const from = dayNumber(first);
  const count = Math.max(0, dayNumber(localDay(asOf, zone)) - from + 1);
  const names = Array.from({ length: count }, (_, index) => dayOf(from + index));
  // One more at each end: a conversion may come after the last day, a moment before the first.
  const starts = Array.from({ length: count + 2 }, (_, index) => startOfDay(dayOf(from + index), zone));
  const start = (day: number) => starts[day] ?? 0;
  return {
    names,
    start,
    local(moment) {
      let day = Math.min(count, Math.max(0, Math.floor((moment - start(0)) / DAY_MS)));
      if (moment < start(day) && day > 0) day -= 1;
      else if (moment >= start(day + 1) && day < count) day += 1;
      return (from + day) * DAY_MS + (moment - start(day));
    },
  };
}
