import { and, eq, sql } from "drizzle-orm";
import type { Scope } from "../core/db/connect";
import type { TenantScope } from "../identity";
import type { SignInRules } from "./agency-contract";
import { agencies } from "./tables";

export async function findAgency(
  scope: TenantScope,
): Promise<{ id: string; name: string; secondFactor: SignInRules["secondFactor"] } | null> {
  const [row] = await scope.db
    .select({ id: agencies.id, name: agencies.name, secondFactor: agencies.secondFactor })
    .from(agencies)
    .where(eq(agencies.id, scope.agencyId));
  return row ?? null;
}

const rulesColumns = {
  id: agencies.id,
  idleMinutes: agencies.sessionIdleMinutes,
  hours: agencies.sessionHours,
  secondFactor: agencies.secondFactor,
  version: agencies.version,
};

export async function findSignInRules(scope: TenantScope): Promise<SignInRules | null> {
  const [row] = await scope.db.select(rulesColumns).from(agencies).where(eq(agencies.id, scope.agencyId));
  return row ?? null;
}

/** Null where the agency was changed since the version. */
export async function updateSignInRules(
  scope: TenantScope,
  version: number,
  { idleMinutes, hours, secondFactor }: Omit<SignInRules, "id" | "version">,
): Promise<SignInRules | null> {
  const [row] = await scope.db
    .update(agencies)
    .set({ sessionIdleMinutes: idleMinutes, sessionHours: hours, secondFactor, version: version + 1 })
    .where(and(eq(agencies.id, scope.agencyId), eq(agencies.version, version)))
    .returning(rulesColumns);
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

/** How long the agency keeps its audit events. */
export async function findAuditDays(scope: TenantScope): Promise<number> {
  const [row] = await scope.db
    .select({ days: agencies.auditDays })
    .from(agencies)
    .where(eq(agencies.id, scope.agencyId));
  if (!row) throw new Error("the agency is gone");
  return row.days;
}

/** @returns false where the agency is gone */
export async function updateAuditDays(scope: TenantScope, auditDays: number): Promise<boolean> {
  const changed = await scope.db
    .update(agencies)
    .set({ auditDays })
    .where(eq(agencies.id, scope.agencyId))
    .returning({ id: agencies.id });
  return changed.length > 0;
}
