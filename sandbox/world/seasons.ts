import { dayNumber } from "./calendar";

// What the calendar does to demand: weekday, year, and two sales events.

const WEEKDAY = [1.12, 0.97, 0.94, 0.95, 0.98, 1.03, 1.1] as const;

export interface Demand {
  traffic: number;
  conversions: number;
}

const demands = new Map<string, Demand>();

export function demandOn(day: string): Demand {
  const known = demands.get(day);
  if (known) return known;
  const weekday = WEEKDAY[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 1;
  const dayOfYear = dayNumber(day) - dayNumber(`${day.slice(0, 4)}-01-01`);
  // Highest in mid-December, lowest in mid-June.
  const year = 1 + 0.22 * Math.cos(((dayOfYear - 349) / 365.25) * 2 * Math.PI);
  const event = eventOn(day.slice(5));
  const demand = { traffic: weekday * year * event.traffic, conversions: (0.9 + 0.1 * weekday) * event.conversions };
  demands.set(day, demand);
  return demand;
}

function eventOn(monthDay: string): Demand {
  if (monthDay >= "07-08" && monthDay <= "07-11") return { traffic: 2.3, conversions: 1.7 };
  if (monthDay >= "11-24" && monthDay <= "12-01") return { traffic: 1.7, conversions: 1.45 };
  return { traffic: 1, conversions: 1 };
}
