// All SQL of the agency's own templates, and of what is run of any.
import { and, desc, eq, isNotNull, isNull, max, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { amcExecutions, amcSchedules, amcTemplates as templates, amcTemplateVersions as versions } from "./tables";
import type { TemplateDefinition } from "./template-contract";

export type TemplateRow = typeof templates.$inferSelect;
export type VersionRow = typeof versions.$inferSelect;

export const selectOwnTemplates = (tx: TxCtx): Promise<TemplateRow[]> =>
  tx.db
    .select()
    .from(templates)
    .where(and(eq(templates.agencyId, tx.agencyId), isNull(templates.removedAt)));

/** Removed ones too: runs and schedules that pinned a version name them. */
export async function findOwnTemplate(tx: TxCtx, id: string): Promise<TemplateRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.db
    .select()
    .from(templates)
    .where(and(eq(templates.agencyId, tx.agencyId), eq(templates.id, id)));
  return row ?? null;
}

export async function insertTemplate(
  tx: TxCtx,
  values: { definition: TemplateDefinition; forkOf: string | null; by: string },
): Promise<TemplateRow> {
  const { definition, forkOf, by } = values;
  const now = tx.now();
  const [row] = await tx.db
    .insert(templates)
    .values({ agencyId: tx.agencyId, definition, forkOf, createdBy: by, createdAt: now, updatedAt: now })
    .returning();
  if (!row) throw new Error("the template was not stored");
  await insertVersion(tx, row, by);
  return row;
}

/** Null where it is no longer the version seen. */
export async function updateTemplate(
  tx: TxCtx,
  { id, version }: Pick<TemplateRow, "id" | "version">,
  { definition, by }: { definition: TemplateDefinition; by: string },
): Promise<TemplateRow | null> {
  const [row] = await tx.db
    .update(templates)
    .set({ definition, updatedAt: tx.now(), version: version + 1 })
    .where(and(eq(templates.agencyId, tx.agencyId), eq(templates.id, id), eq(templates.version, version)))
    .returning();
  if (row) await insertVersion(tx, row, by);
  return row ?? null;
}

export async function markRemoved(tx: TxCtx, id: string): Promise<void> {
  await tx.db
    .update(templates)
    .set({ removedAt: tx.now() })
    .where(and(eq(templates.agencyId, tx.agencyId), eq(templates.id, id)));
}

async function insertVersion(tx: TxCtx, { id, version, definition }: TemplateRow, by: string): Promise<void> {
  await tx.db
    .insert(versions)
    .values({ agencyId: tx.agencyId, templateId: id, version, definition, changedBy: by, createdAt: tx.now() });
}

export async function findVersion(tx: TxCtx, templateId: string, version: string): Promise<VersionRow | null> {
  if (!/^\d{1,9}$/.test(version)) return null;
  const [row] = await tx.db
    .select()
    .from(versions)
    .where(
      and(
        eq(versions.agencyId, tx.agencyId),
        eq(versions.templateId, templateId),
        eq(versions.version, Number(version)),
      ),
    );
  return row ?? null;
}

/** The newest first. */
export async function selectVersions(tx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: { templateId: versions.templateId, createdAt: versions.createdAt },
    order: [desc(versions.createdAt), desc(versions.version)],
    tie: versions.templateId,
  });
  const where = and(eq(versions.agencyId, tx.agencyId), clauses.where);
  const rows = await tx.db
    .select()
    .from(versions)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(versions).where(where);
  return { rows, total: count?.total ?? 0 };
}

export interface TemplateUse {
  runs: number;
  lastRunAt: Date | null;
  schedules: number;
}

/** What the agency does with each template, by its id. */
export async function readUse(tx: TxCtx): Promise<Map<string, TemplateUse>> {
  const runs = await tx.db
    .select({ id: amcExecutions.templateId, runs: countAll, lastRunAt: max(amcExecutions.createdAt) })
    .from(amcExecutions)
    .where(and(eq(amcExecutions.agencyId, tx.agencyId), isNotNull(amcExecutions.templateId)))
    .groupBy(amcExecutions.templateId);
  const schedules = await tx.db
    .select({ id: amcSchedules.templateId, schedules: sql<number>`count(*)::int` })
    .from(amcSchedules)
    .where(eq(amcSchedules.agencyId, tx.agencyId))
    .groupBy(amcSchedules.templateId);
  const use = new Map<string, TemplateUse>();
  for (const { id, ...of } of runs) use.set(id ?? "", { ...of, schedules: 0 });
  for (const { id, schedules: number } of schedules) {
    use.set(id, { ...(use.get(id) ?? { runs: 0, lastRunAt: null }), schedules: number });
  }
  return use;
}
