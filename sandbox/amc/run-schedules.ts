import { dayNumber } from "../world/calendar";
import type { Window } from "./time-window";

// Starts what schedules have due: the day or week before each boundary, some hours after it.

export const DAYS_OF_WEEK = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

export interface SavedSchedule {
  instanceId: string;
  scheduleId: string;
  workflowId: string;
  aggregationPeriod: "Daily" | "Weekly";
  aggregationStartDay?: (typeof DAYS_OF_WEEK)[number] | undefined;
  aggregationHourUtc: number;
  scheduleEnabled: boolean;
  requireSyntheticData: boolean;
  disableAggregationControls: boolean;
  marketplaceId?: string | null | undefined;
  /** boundaries up to this moment have had their run */
  ranUntil: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Results land 6 to 7 hours after the boundary. */
const LATENESS_MS = 6 * HOUR_MS;
/** Of a clock that jumped far ahead, so many days are made up for. */
const CAUGHT_UP = 31;

/** The windows that are due and have not run, oldest first. */
function dueWindows(schedule: SavedSchedule, now: number): Window[] {
  const { aggregationPeriod, aggregationStartDay = "Monday", aggregationHourUtc, ranUntil } = schedule;
  const length = aggregationPeriod === "Daily" ? DAY_MS : 7 * DAY_MS;
  const last = now - LATENESS_MS;
  const windows: Window[] = [];
  const first = Math.max(ranUntil, last - CAUGHT_UP * DAY_MS);
  for (let day = dayNumber(new Date(first).toISOString().slice(0, 10)); day * DAY_MS <= last; day += 1) {
    const boundary = day * DAY_MS + aggregationHourUtc * HOUR_MS;
    const name = DAYS_OF_WEEK[new Date(boundary).getUTCDay()];
    if (boundary <= first || boundary > last) continue;
    if (aggregationPeriod === "Weekly" && name !== aggregationStartDay) continue;
    windows.push(utcWindow(boundary - length, boundary));
  }
  return windows;
}

function utcWindow(start: number, end: number): Window {
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 19);
  return { start, end, startOriginal: text(start), endOriginal: text(end), zone: "UTC" };
}

interface Due {
  now: number;
  start(schedule: SavedSchedule, window: Window): Promise<void>;
}

export async function runSchedules(schedules: readonly SavedSchedule[], { now, start }: Due): Promise<void> {
  for (const schedule of schedules) {
    if (!schedule.scheduleEnabled) continue;
    const windows = dueWindows(schedule, now);
    const latest = windows.at(-1);
    if (!latest) continue;
    schedule.ranUntil = latest.end;
    for (const window of windows) await start(schedule, window);
  }
}
