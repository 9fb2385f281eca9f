// Which days a window means at a moment. AMC's data of an hour is whole 48 hours later, so relative windows end before that.
import { Temporal } from "temporal-polyfill";
import { addDays, dayIn } from "../insights";
import { type AmcWindow, dataLagHours, type ResolvedWindow } from "./contract";

/** The latest day all of whose data is there. */
export const latestWholeDay = (timeZone: string, now: Date): string =>
  addDays(dayIn(timeZone, new Date(now.getTime() - dataLagHours * 3_600_000)), -1);

export interface Present {
  timeZone: string;
  now: Date;
}

export function resolveWindow(window: AmcWindow, { timeZone, now }: Present): ResolvedWindow {
  const whole = latestWholeDay(timeZone, now);
  switch (window.kind) {
    case "days":
      return { from: window.from, to: window.to, timeZone };
    case "last":
      return { from: addDays(whole, 1 - window.days), to: whole, timeZone };
    case "month":
      return { ...monthBefore(whole, window.back), timeZone };
    case "week":
      return { ...weekBefore(whole, window.back), timeZone };
    default:
      return window satisfies never;
  }
}

/** The day after `whole` may still be incomplete: a month or week is over once that day belongs to the next one. */
function monthBefore(whole: string, back: number) {
  const from = Temporal.PlainDate.from(addDays(whole, 1))
    .with({ day: 1 })
    .subtract({ months: back + 1 });
  return { from: from.toString(), to: from.add({ months: 1 }).subtract({ days: 1 }).toString() };
}

function weekBefore(whole: string, back: number) {
  const next = Temporal.PlainDate.from(addDays(whole, 1));
  const from = next.subtract({ days: next.dayOfWeek - 1 + 7 * (back + 1) });
  return { from: from.toString(), to: from.add({ days: 6 }).toString() };
}

/** The moments between which events are looked at: from the first up to, not including, the second. */
export function momentsOf({ from, to, timeZone }: ResolvedWindow): { start: Date; end: Date } {
  const startOf = (day: string) =>
    new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).startOfDay().epochMilliseconds);
  return { start: startOf(from), end: startOf(addDays(to, 1)) };
}

/** From when on all data of the window is there. */
export const dataReadyAt = (window: ResolvedWindow): Date =>
  new Date(momentsOf(window).end.getTime() + dataLagHours * 3_600_000);

/** As Amazon takes it: wall times of the window's zone, the second not included. */
export const wallTimesOf = ({ from, to, timeZone }: ResolvedWindow) => ({
  start: `${from}T00:00:00`,
  end: `${addDays(to, 1)}T00:00:00`,
  timeZone,
});
