// Making, changing, pausing and deleting schedules.
import { command } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { findTemplate } from "./find-template";
import { findInstance } from "./instance-store";
import { getSchedule } from "./list-schedules";
import { readValues } from "./read-values";
import { ScheduleChange, ScheduleCreate, ScheduleId } from "./schedule-contract";
import { deleteSchedule, findSchedule, insertSchedule, type ScheduleRow, updateSchedule } from "./schedule-store";
import { nextTime } from "./schedule-times";

type Parts = Pick<ScheduleRow, "templateId" | "pinnedVersion" | "instanceIds" | "values" | "cron" | "timeZone">;

export const createSchedule = command({
  name: "amc-schedule.create",
  permission: "amc.write",
  input: ScheduleCreate,
  brandOf: () => "anyBrand",
  run: async (tx, given) => {
    await requireSound(tx, given);
    const nextAt = nextTime(given, tx.now());
    const row = await insertSchedule(tx, { ...given, nextAt, createdBy: actorName(tx.actor) });
    await tx.changed("amc-schedules", [row.id]);
    return { result: await getSchedule(tx, row.id), audit: { ...entry(row, "created"), after: given } };
  },
});

/** Slots from now on follow the change; what was due before is over. */
export const changeSchedule = command({
  name: "amc-schedule.change",
  permission: "amc.write",
  input: ScheduleChange,
  brandOf: () => "anyBrand",
  run: async (tx, { id, version, ...change }) => {
    const before = await lock(tx, id);
    if (before.version !== version) {
      throw new AppError("conflict", "Somebody changed the schedule meanwhile.", {
        present: await getSchedule(tx, id),
      });
    }
    await requireInstances(tx, before.instanceIds);
    const after = { ...before, ...change };
    await requireSound(tx, after);
    await updateSchedule(tx, id, { ...change, nextAt: nextTime(after, tx.now()), version: version + 1 });
    const { agencyId: _, nextAt: __, createdAt: ___, ...was } = before;
    return { result: await getSchedule(tx, id), audit: { ...entry(before, "changed"), before: was, after: change } };
  },
});

export const removeSchedule = command({
  name: "amc-schedule.remove",
  permission: "amc.write",
  input: ScheduleId,
  brandOf: () => "anyBrand",
  run: async (tx, { id }) => {
    const row = await lock(tx, id);
    await requireInstances(tx, row.instanceIds);
    await deleteSchedule(tx, id);
    await tx.changed("amc-schedules", [id]);
    return { result: { id }, audit: entry(row, "removed") };
  },
});

const paused = (name: string, isPaused: boolean) =>
  command({
    name: `amc-schedule.${name}`,
    permission: "amc.write",
    input: ScheduleId,
    brandOf: () => "anyBrand",
    run: async (tx, { id }) => {
      const row = await lock(tx, id);
      await requireInstances(tx, row.instanceIds);
      if (row.paused === isPaused) return { result: await getSchedule(tx, id), audit: null };
      await updateSchedule(tx, id, { paused: isPaused, nextAt: nextTime(row, tx.now()), version: row.version + 1 });
      return { result: await getSchedule(tx, id), audit: entry(row, isPaused ? "paused" : "resumed") };
    },
  });

export const pauseSchedule = paused("pause", true);
export const resumeSchedule = paused("resume", false);

async function lock(tx: TxCtx, id: string): Promise<ScheduleRow> {
  const row = await findSchedule(tx, id, { lock: true });
  if (!row) throw notFound("This schedule");
  return row;
}

/** What would fail every night is refused now. */
async function requireSound(tx: TxCtx, parts: Parts): Promise<void> {
  nextTime(parts, tx.now());
  const { definition } = await findTemplate(tx, parts.templateId, parts.pinnedVersion);
  const { problems } = readValues(definition.parameters, parts.values);
  if (Object.keys(problems).length > 0) {
    throw new AppError("invalid", "Some parameters do not fit.", {
      fields: problems,
      remedy: "Correct the fields named.",
    });
  }
  await requireInstances(tx, parts.instanceIds);
}

async function requireInstances(tx: TxCtx, ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    if (await findInstance(tx, id, "amc.write")) continue;
    throw new AppError("invalid", "Not all of these instances can be asked.", {
      fields: { instanceIds: `Number ${index + 1} of them is no AMC instance that you may run questions on.` },
      remedy: "Choose instances of your brands.",
    });
  }
}

const entry = ({ id, name }: ScheduleRow, verb: string): AuditEntry => ({
  action: `amc_schedule.${verb}`,
  target: { type: "amc-schedule", id, label: name },
});
