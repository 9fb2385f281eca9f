import { and, asc, eq, isNull } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { isUuid, violates } from "../core/db/list-clauses";
import { AppError, notFound } from "../core/errors";
import { customMetrics } from "./tables";

export type CustomMetricRow = typeof customMetrics.$inferSelect;
export type CustomMetricValues = Pick<CustomMetricRow, "name" | "formula" | "unit" | "better" | "definition">;

const t = customMetrics;
const present = (tx: TxCtx) => and(eq(t.agencyId, tx.agencyId), isNull(t.supersededAt));

export const selectCustomMetrics = (tx: TxCtx): Promise<CustomMetricRow[]> =>
  tx.db.select().from(t).where(present(tx)).orderBy(asc(t.name), asc(t.id));

/** @throws {AppError} not_found */
export async function findCustomMetric(tx: TxCtx, id: string): Promise<CustomMetricRow> {
  const [row] = isUuid(id)
    ? await tx.db
        .select()
        .from(t)
        .where(and(present(tx), eq(t.id, id)))
    : [];
  if (!row) throw notFound("The metric");
  return row;
}

/** @returns its id */
export async function insertCustomMetric(tx: TxCtx, values: CustomMetricValues, changedBy: string): Promise<string> {
  const [row] = await uniqueName(
    values.name,
    tx.db
      .insert(t)
      .values({ agencyId: tx.agencyId, ...values, changedBy, knownAt: tx.now() })
      .returning({ id: t.id }),
  );
  if (!row) throw new Error("the metric was not stored");
  return row.id;
}

/** Ends the version that was seen. @returns whether it was still the present one */
export async function endCustomMetric(
  tx: TxCtx,
  { id, version }: Pick<CustomMetricRow, "id" | "version">,
): Promise<boolean> {
  const ended = await tx.db
    .update(t)
    .set({ supersededAt: tx.now() })
    .where(and(present(tx), eq(t.id, id), eq(t.version, version)))
    .returning({ id: t.id });
  return ended.length > 0;
}

export async function insertMetricVersion(tx: TxCtx, { version, ...row }: CustomMetricRow): Promise<void> {
  const values = { ...row, version: version + 1, knownAt: tx.now(), supersededAt: null };
  await uniqueName(row.name, tx.db.insert(t).values(values));
}

async function uniqueName<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!violates(error, "custom_metrics_name")) throw error;
    throw new AppError("invalid", `There is a metric named "${name}" already.`, {
      fields: { name: "There is a metric of this name already." },
      remedy: "Take another name, or change that metric.",
      cause: error,
    });
  }
}
