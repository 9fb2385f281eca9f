import { eq, sql } from "drizzle-orm";
import type { Scope } from "../core/db/connect";
import type { TenantScope } from "../identity";
import { agencies } from "./tables";

export async function findAgency(scope: TenantScope): Promise<{ id: string; name: string } | null> {
  const [row] = await scope.db
    .select({ id: agencies.id, name: agencies.name })
    .from(agencies)
    .where(eq(agencies.id, scope.agencyId));
  return row ?? null;
}

export async function insertAgency(scope: TenantScope, name: string): Promise<void> {
  await scope.db.insert(agencies).values({ id: scope.agencyId, name, createdAt: scope.now() });
}

/** Needs the system scope. */
export async function anyAgency(scope: Scope): Promise<boolean> {
  const rows = await scope.db.select({ id: agencies.id }).from(agencies).limit(1);
  return rows.length > 0;
}

/** Until the transaction ends; false while another holds it. */
export async function tryLockFirstRun(scope: Scope): Promise<boolean> {
  const [row] = await scope.db.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('tidemark first run')) as locked`,
  );
  return row?.locked ?? false;
}
