// All SQL of schedules and their slots.
import { and, asc, desc, eq, inArray, lte, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import { filterValues, type ListQuery } from "../core/query";
import { reachable } from "./instance-store";
import { amcInstances as instances, amcSchedules as schedules, amcSlots as slots } from "./tables";

export type ScheduleRow = typeof schedules.$inferSelect;
export type SlotRow = typeof slots.$inferSelect;

const ours = (tx: TxCtx) => eq(schedules.agencyId, tx.agencyId);

/** Schedules that ask an instance of one of the brands. */
const ofBrands = (brandIds: readonly string[]) =>
  sql`exists (select from ${instances} where ${instances.agencyId} = ${schedules.agencyId}
    and ${instances.id} = any(${schedules.instanceIds}) and ${inArray(instances.brandId, brandIds.filter(isUuid))})`;

/** Schedules all of whose instances may be seen. */
const visible = (tx: TxCtx) =>
  and(
    ours(tx),
    sql`not exists (select from unnest(${schedules.instanceIds}) as wanted(id) where not exists (
      select from ${instances} where ${instances.id} = wanted.id and ${reachable(tx)}))`,
  );

export async function selectSchedules(tx: TxCtx, query: ListQuery) {
  const { id, name, templateId, createdBy, createdAt, nextAt, paused } = schedules;
  const clauses = listClauses(query, {
    fields: { id, name, templateId, createdBy, createdAt, nextAt, paused },
    search: [name, createdBy],
    order: [asc(name)],
    tie: id,
  });
  const brandIds = filterValues(query, "brandId");
  const where = and(visible(tx), clauses.where, brandIds ? ofBrands(brandIds) : undefined);
  const rows = await tx.db
    .select()
    .from(schedules)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(schedules).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findSchedule(
  tx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ScheduleRow | null> {
  if (!isUuid(id)) return null;
  const query = tx.db
    .select()
    .from(schedules)
    .where(and(visible(tx), eq(schedules.id, id)));
  const [row] = await (options.lock ? query.for("update") : query);
  return row ?? null;
}

export type NewSchedule = Omit<typeof schedules.$inferInsert, "agencyId" | "id" | "createdAt" | "version">;

export async function insertSchedule(tx: TxCtx, values: NewSchedule): Promise<ScheduleRow> {
  const [row] = await tx.db
    .insert(schedules)
    .values({ agencyId: tx.agencyId, createdAt: tx.now(), ...values })
    .returning();
  if (!row) throw new Error("the schedule was not stored");
  return row;
}

export async function updateSchedule(
  tx: TxCtx,
  id: string,
  change: Partial<Omit<ScheduleRow, "agencyId" | "id">>,
): Promise<void> {
  await tx.db
    .update(schedules)
    .set(change)
    .where(and(ours(tx), eq(schedules.id, id)));
  await tx.changed("amc-schedules", [id]);
}

/** Its slots stay: they say what ran. */
export async function deleteSchedule(tx: TxCtx, id: string): Promise<void> {
  await tx.db.delete(schedules).where(and(ours(tx), eq(schedules.id, id)));
}

const due = (tx: TxCtx) => and(ours(tx), eq(schedules.paused, false), lte(schedules.nextAt, tx.now()));

/** Those that wait longest first. */
export async function selectDue(tx: TxCtx): Promise<string[]> {
  const rows = await tx.db.select({ id: schedules.id }).from(schedules).where(due(tx)).orderBy(asc(schedules.nextAt));
  return rows.map(({ id }) => id);
}

/** Null where it is no longer due, or another process works on it. */
export async function lockDue(tx: TxCtx, id: string): Promise<ScheduleRow | null> {
  const [row] = await tx.db
    .select()
    .from(schedules)
    .where(and(due(tx), eq(schedules.id, id)))
    .for("update", { skipLocked: true });
  return row ?? null;
}

export const selectActive = (tx: TxCtx): Promise<ScheduleRow[]> =>
  tx.db
    .select()
    .from(schedules)
    .where(and(ours(tx), eq(schedules.paused, false)));

/** @returns whether this call took it; another took it before where not */
export async function takeSlot(tx: TxCtx, slot: Omit<SlotRow, "agencyId" | "startedAt">): Promise<boolean> {
  const taken = await tx.db
    .insert(slots)
    .values({ agencyId: tx.agencyId, startedAt: tx.now(), ...slot })
    .onConflictDoNothing()
    .returning({ dueAt: slots.dueAt });
  return taken.length > 0;
}

export async function settleSlot(
  tx: TxCtx,
  { scheduleId, instanceId, dueAt, ...outcome }: Omit<SlotRow, "agencyId" | "startedAt">,
): Promise<void> {
  await tx.db
    .update(slots)
    .set(outcome)
    .where(
      and(
        eq(slots.agencyId, tx.agencyId),
        eq(slots.scheduleId, scheduleId),
        eq(slots.instanceId, instanceId),
        eq(slots.dueAt, dueAt),
      ),
    );
}

/** The latest of each schedule. */
export async function latestSlots(tx: TxCtx, ids: readonly string[]): Promise<Map<string, SlotRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectDistinctOn([slots.scheduleId])
    .from(slots)
    .where(and(eq(slots.agencyId, tx.agencyId), inArray(slots.scheduleId, [...ids])))
    .orderBy(slots.scheduleId, desc(slots.dueAt));
  return new Map(rows.map((row) => [row.scheduleId, row]));
}

/** The latest first. */
export async function selectSlots(tx: TxCtx, query: ListQuery) {
  const { scheduleId, instanceId, state, dueAt } = slots;
  const clauses = listClauses(query, {
    fields: { scheduleId, instanceId, state, dueAt },
    order: [desc(dueAt), asc(scheduleId)],
    tie: instanceId,
  });
  const withInstance = and(eq(instances.agencyId, slots.agencyId), eq(instances.id, instanceId));
  const withSchedule = and(eq(schedules.agencyId, slots.agencyId), eq(schedules.id, scheduleId));
  const where = and(eq(slots.agencyId, tx.agencyId), reachable(tx), clauses.where);
  const rows = await tx.db
    .select({ slot: slots, instanceName: instances.name, scheduleName: schedules.name })
    .from(slots)
    .innerJoin(instances, withInstance)
    .leftJoin(schedules, withSchedule)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(slots).innerJoin(instances, withInstance).where(where);
  return { rows, total: count?.total ?? 0 };
}

export const selectInstancesById = (tx: TxCtx, ids: readonly string[]) =>
  tx.db
    .select({ id: instances.id, name: instances.name, brandId: instances.brandId, accountId: instances.accountId })
    .from(instances)
    .where(and(eq(instances.agencyId, tx.agencyId), inArray(instances.id, [...ids])));
