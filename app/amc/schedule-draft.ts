// A schedule as a form holds it, while the schedule itself may be paused or changed beside it.
import type { AmcSchedule } from "#server/amc/schedule-contract";
import { isSame } from "./same";

export type ScheduleDraft = Pick<
  AmcSchedule,
  "name" | "templateId" | "pinnedVersion" | "instanceIds" | "values" | "window" | "cron" | "timeZone" | "missed"
>;

export const draftOf = (schedule: ScheduleDraft): ScheduleDraft => {
  const { name, templateId, pinnedVersion, instanceIds, values, window, cron, timeZone, missed } = schedule;
  return { name, templateId, pinnedVersion, instanceIds, values, window, cron, timeZone, missed };
};

export interface Drafted {
  draft: ScheduleDraft;
  /** The schedule that the draft is a change of: saving replaces this version and no other. Null: a new one. */
  base: AmcSchedule | null;
}

/** What a form holds once its schedule was read again. What is unsaved stays, and does not go over a change by somebody else. */
export function readAgain(held: Drafted, schedule: AmcSchedule | null): Drafted {
  const { draft, base } = held;
  if (!base || !schedule || schedule.version <= base.version) return held;
  if (isSame(draftOf(schedule), draftOf(base))) return { draft, base: schedule };
  return isSame(draft, draftOf(base)) ? { draft: draftOf(schedule), base: schedule } : held;
}
