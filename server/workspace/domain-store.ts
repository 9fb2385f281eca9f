// SQL of clients' own host names.
import { and, asc, eq, inArray, isNotNull, isNull, lte, or, type SQL } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { Scope } from "../core/db/connect";
import { countAll, listClauses, violates } from "../core/db/list-clauses";
import { AppError, notFound } from "../core/errors";
import type { ListQuery } from "../core/query";
import { brands } from "./tables";
import { domains } from "./theme-tables";

type Row = typeof domains.$inferSelect;
export type DomainRow = Row & { brandName: string };

const visible = (brandIds: "all" | readonly string[]): SQL | undefined =>
  brandIds === "all" ? undefined : inArray(domains.brandId, [...brandIds]);

const selected = (tx: TxCtx) =>
  tx.db
    .select({ domain: domains, brandName: brands.name })
    .from(domains)
    .innerJoin(brands, and(eq(brands.agencyId, domains.agencyId), eq(brands.id, domains.brandId)));

export async function selectDomains(tx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: { id: domains.host, brandId: domains.brandId, createdAt: domains.createdAt },
    search: [domains.host],
    order: [asc(domains.host)],
    tie: domains.host,
  });
  const where = and(eq(domains.agencyId, tx.agencyId), visible(tx.brandsWith("themes.read")), clauses.where);
  const rows = await selected(tx)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(domains).where(where);
  return { rows: rows.map(({ domain, brandName }) => ({ ...domain, brandName })), total: count?.total ?? 0 };
}

/** @throws {AppError} not_found, also for a brand the actor may not see */
export async function findDomain(tx: TxCtx, host: string): Promise<DomainRow> {
  const [row] = await selected(tx).where(
    and(eq(domains.agencyId, tx.agencyId), eq(domains.host, host), visible(tx.brandIds)),
  );
  if (!row) throw notFound("This domain");
  return { ...row.domain, brandName: row.brandName };
}

export async function insertDomain(tx: TxCtx, row: Pick<Row, "host" | "brandId" | "proof">): Promise<void> {
  try {
    await tx.db.insert(domains).values({ agencyId: tx.agencyId, createdAt: tx.now(), ...row });
  } catch (error) {
    if (!violates(error, "domains_pkey")) throw error;
    const words = "This host belongs to a brand of your agency already.";
    throw new AppError("invalid", words, { fields: { host: words }, remedy: "Remove it there first.", cause: error });
  }
}

export async function updateDomain(
  tx: TxCtx,
  host: string,
  change: Partial<Pick<Row, "verifiedAt" | "checkedAt" | "problem">>,
): Promise<void> {
  await tx.db
    .update(domains)
    .set(change)
    .where(and(eq(domains.agencyId, tx.agencyId), eq(domains.host, host)));
}

export async function deleteDomain(tx: TxCtx, host: string): Promise<void> {
  await tx.db.delete(domains).where(and(eq(domains.agencyId, tx.agencyId), eq(domains.host, host)));
}

/** Those last looked at before the moments given: one for hosts in force, one for hosts that wait. */
export async function selectDueHosts(tx: TxCtx, before: { inForce: Date; waiting: Date }): Promise<string[]> {
  const checked = (moment: Date) => or(isNull(domains.checkedAt), lte(domains.checkedAt, moment));
  const rows = await tx.db
    .select({ host: domains.host })
    .from(domains)
    .where(
      and(
        eq(domains.agencyId, tx.agencyId),
        or(
          and(isNotNull(domains.verifiedAt), checked(before.inForce)),
          and(isNull(domains.verifiedAt), checked(before.waiting)),
        ),
      ),
    );
  return rows.map(({ host }) => host);
}

/** Whose host it is: of those who proved it, the first. Needs the system scope. */
export async function findProvedHost(scope: Scope, host: string): Promise<Pick<Row, "agencyId" | "brandId"> | null> {
  const [row] = await scope.db
    .select({ agencyId: domains.agencyId, brandId: domains.brandId })
    .from(domains)
    .where(and(eq(domains.host, host), isNotNull(domains.verifiedAt)))
    .orderBy(asc(domains.verifiedAt))
    .limit(1);
  return row ?? null;
}
