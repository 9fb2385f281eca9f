// When a question is asked again by itself: cron in any zone, once a slot.
import { z } from "zod";
import { AmcWindow } from "./contract";
import { ParameterValue } from "./template-contract";

/** What becomes of slots that passed while nothing ran: the latest of them, each of them, or none. */
export const missedPolicies = ["latest", "all", "skip"] as const;
export type MissedPolicy = (typeof missedPolicies)[number];
export const missedWords: Record<MissedPolicy, string> = {
  latest: "Run once, for the latest",
  all: "Run each of them",
  skip: "Leave them out",
};

export const slotStates = ["started", "reused", "missed", "refused"] as const;

const Zone = z
  .string()
  .max(60)
  .refine((zone) => zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone), "There is no such zone.");

const parts = {
  name: z.string({ error: "Give the schedule a name." }).trim().min(1, "Give the schedule a name.").max(80),
  templateId: z.string({ error: "Choose a template." }).min(1).max(80),
  /** An edition to keep to; null: whatever the template is when a slot is due. */
  pinnedVersion: z.string().max(80).nullable(),
  instanceIds: z.array(z.uuid()).min(1, "Choose at least one instance.").max(200),
  values: z.record(z.string(), ParameterValue),
  /** A relative one: `days` would ask the same for ever. */
  window: AmcWindow.refine((window) => window.kind !== "days", "Choose a window that moves."),
  /** Five fields: minute, hour, day of month, month, day of week. `L` is the last day of the month. */
  cron: z.string().trim().min(9).max(100),
  timeZone: Zone,
  missed: z.enum(missedPolicies),
  paused: z.boolean(),
};

export const ScheduleCreate = z.strictObject({
  ...parts,
  pinnedVersion: parts.pinnedVersion.default(null),
  values: parts.values.default({}),
  missed: parts.missed.default("latest"),
  paused: parts.paused.default(false),
});
export const ScheduleChange = z
  .strictObject(parts)
  .partial()
  .extend({ id: z.uuid(), version: z.int({ error: "Give the version you saw." }) });
export const ScheduleId = z.strictObject({ id: z.uuid() });

export const AmcSchedule = z.object({
  ...parts,
  window: AmcWindow,
  id: z.uuid(),
  templateTitle: z.string(),
  instanceNames: z.array(z.string()),
  brandIds: z.array(z.uuid().nullable()),
  nextAt: z.iso.datetime().nullable(),
  lastSlotAt: z.iso.datetime().nullable(),
  lastState: z.enum(slotStates).nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  version: z.int(),
});
export type AmcSchedule = z.infer<typeof AmcSchedule>;

/** One due moment of a schedule and one instance. */
export const AmcSlot = z.object({
  id: z.string(),
  scheduleId: z.uuid(),
  scheduleName: z.string(),
  instanceId: z.uuid(),
  instanceName: z.string(),
  dueAt: z.iso.datetime(),
  state: z.enum(slotStates),
  note: z.string().nullable(),
  executionId: z.uuid().nullable(),
  startedAt: z.iso.datetime(),
});
export type AmcSlot = z.infer<typeof AmcSlot>;

/** `POST amc-schedules/simulate`: nothing is saved. */
export const Simulate = z.strictObject({
  cron: parts.cron,
  timeZone: Zone,
  window: AmcWindow,
  instanceIds: parts.instanceIds,
  /** Left out of the load of others: the one that is being edited. */
  scheduleId: z.uuid().optional(),
});

export interface SimulatedSlot {
  dueAt: string;
  /** Wall time in the schedule's zone, `2026-10-25 02:30`, and its offset, `+02:00`. */
  local: string;
  offset: string;
  /** The clock changes in that night. */
  clockChange: "forward" | "back" | null;
  window: { from: string; to: string };
  /** From when on the data of the window is whole. */
  dataReadyAt: string;
  /** Slots of all schedules due within the hour around it: on the fullest instance, and of the account. */
  load: { instance: number; account: number };
}

export interface Simulation {
  /** The next 30. */
  slots: SimulatedSlot[];
  limits: { perInstance: number; perAccount: number };
  /** A cron of the same rhythm whose fullest hour is less full; null: this one is as good. */
  spread: string | null;
  /** What would run after six hours of down-time at the fullest time, by policy. */
  afterDownTime: Record<MissedPolicy, number>;
}
