import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { findBuiltIn } from "./find-template";
import type { AmcSchedule, AmcSlot } from "./schedule-contract";
import { latestSlots, type ScheduleRow, selectInstancesById, selectSchedules, selectSlots } from "./schedule-store";
import { findOwnTemplate } from "./template-store";

export async function listSchedules(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcSchedule>> {
  requireRead(tx, "amc.read", "anyBrand");
  const { rows, total } = await selectSchedules(tx, query);
  const ids = [...new Set(rows.flatMap(({ instanceIds }) => instanceIds))];
  const instances = new Map((await selectInstancesById(tx, ids)).map((instance) => [instance.id, instance]));
  const latest = await latestSlots(
    tx,
    rows.map(({ id }) => id),
  );
  const items: AmcSchedule[] = [];
  for (const row of rows) {
    const named = row.instanceIds.map((id) => instances.get(id));
    const slot = latest.get(row.id);
    items.push({
      ...parts(row),
      templateTitle: await titleOf(tx, row.templateId),
      instanceNames: named.map((instance) => instance?.name ?? ""),
      brandIds: named.map((instance) => instance?.brandId ?? null),
      lastSlotAt: slot?.dueAt.toISOString() ?? null,
      lastState: slot?.state ?? null,
    });
  }
  return { items, total };
}

/** @throws {AppError} not_found */
export async function getSchedule(tx: TxCtx, id: string): Promise<AmcSchedule> {
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const [schedule] = (await listSchedules(tx, { ...wholeList(1), filters: [byId] })).items;
  if (!schedule) throw notFound("This schedule");
  return schedule;
}

const titleOf = async (tx: TxCtx, id: string): Promise<string> =>
  findBuiltIn(id)?.definition.title ?? (await findOwnTemplate(tx, id))?.definition.title ?? id;

const parts = ({ agencyId: _, nextAt, createdAt, ...row }: ScheduleRow) => ({
  ...row,
  nextAt: row.paused ? null : (nextAt?.toISOString() ?? null),
  createdAt: createdAt.toISOString(),
});

/** The latest first. */
export async function listSlots(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcSlot>> {
  requireRead(tx, "amc.read", "anyBrand");
  const { rows, total } = await selectSlots(tx, query);
  const items = rows.map(({ slot, instanceName, scheduleName }) => ({
    id: `${slot.scheduleId}:${slot.instanceId}:${slot.dueAt.toISOString()}`,
    scheduleId: slot.scheduleId,
    scheduleName: scheduleName ?? "A schedule that is gone",
    instanceId: slot.instanceId,
    instanceName,
    dueAt: slot.dueAt.toISOString(),
    state: slot.state,
    note: slot.note,
    executionId: slot.executionId,
    startedAt: slot.startedAt.toISOString(),
  }));
  return { items, total };
}
