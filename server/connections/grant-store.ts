// The tokens of a connection. Leases and expiries are measured by the database's clock: hosts may disagree on the time.
import { and, eq, getTableColumns, gt, isNotNull, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { TxCtx } from "../core/context";
import { grants } from "./tables";

export type GrantRow = typeof grants.$inferSelect;

const dbNow = sql<Date>`clock_timestamp()`.mapWith(grants.leaseUntil);
const dbNowPlus = (ms: number) => sql`clock_timestamp() + make_interval(secs => ${ms / 1000}::double precision)`;

const one = (tx: TxCtx, connectionId: string) =>
  and(eq(grants.agencyId, tx.agencyId), eq(grants.connectionId, connectionId));
const atVersion = (tx: TxCtx, connectionId: string, version: number) =>
  and(one(tx, connectionId), eq(grants.version, version));

/** A grant and the moment it was read, on the database's clock. */
export interface ReadGrant {
  grant: GrantRow;
  now: Date;
}

export async function readGrant(tx: TxCtx, connectionId: string): Promise<ReadGrant | null> {
  const [row] = await tx.db.select({ grant: grants, now: dbNow }).from(grants).where(one(tx, connectionId));
  return row ?? null;
}

/**
 * Takes the lease if nobody holds it and a new token is still needed: whoever waited for the row reads it again here.
 * @returns the grant as leased, or null
 */
export async function leaseGrant(
  tx: TxCtx,
  connectionId: string,
  lease: { owner: string; ms: number; marginMs: number },
): Promise<ReadGrant | null> {
  const passed = (moment: PgColumn) => or(isNull(moment), lt(moment, sql`clock_timestamp()`));
  const [row] = await tx.db
    .update(grants)
    .set({ leaseOwner: lease.owner, leaseUntil: dbNowPlus(lease.ms) })
    .where(
      and(
        one(tx, connectionId),
        isNotNull(grants.refreshToken),
        passed(grants.leaseUntil),
        passed(grants.retryAt),
        or(isNull(grants.accessExpiresAt), lt(grants.accessExpiresAt, dbNowPlus(lease.marginMs))),
      ),
    )
    .returning({ ...getTableColumns(grants), now: dbNow });
  if (!row) return null;
  const { now, ...grant } = row;
  return { grant, now };
}

export interface SealedTokens {
  refreshToken: string;
  accessToken: string;
  sealedUnder: string;
}

const unleased = { leaseOwner: null, leaseUntil: null };

/** @returns the new version, or null where the grant has moved on and these tokens are not to be kept */
export async function storeTokens(
  tx: TxCtx,
  grant: Pick<GrantRow, "connectionId" | "version">,
  tokens: SealedTokens & { accessExpiresAt: Date },
): Promise<number | null> {
  const [row] = await tx.db
    .update(grants)
    .set({
      ...tokens,
      ...unleased,
      version: sql`${grants.version} + 1`,
      refreshedAt: sql`clock_timestamp()`,
      lastOutcome: "Renewed.",
      lastOutcomeAt: sql`clock_timestamp()`,
      failures: 0,
      rejections: 0,
      retryAt: null,
    })
    .where(atVersion(tx, grant.connectionId, grant.version))
    .returning({ version: grants.version });
  return row?.version ?? null;
}

export interface FailedRefresh {
  outcome: string;
  rejected: boolean;
  retryInMs: number;
}

/**
 * Only of whoever holds the lease: two refusals of two holders at the same moment are one.
 * @returns the counts after this failure, or null where the grant has moved on and the failure says nothing of it
 */
export async function storeFailure(
  tx: TxCtx,
  grant: Pick<GrantRow, "connectionId" | "version" | "leaseOwner">,
  failure: FailedRefresh,
): Promise<{ failures: number; rejections: number } | null> {
  const [row] = await tx.db
    .update(grants)
    .set({
      ...unleased,
      failures: sql`${grants.failures} + 1`,
      rejections: failure.rejected ? sql`${grants.rejections} + 1` : sql`${grants.rejections}`,
      lastOutcome: failure.outcome,
      lastOutcomeAt: sql`clock_timestamp()`,
      retryAt: dbNowPlus(failure.retryInMs),
    })
    .where(and(atVersion(tx, grant.connectionId, grant.version), eq(grants.leaseOwner, grant.leaseOwner ?? "")))
    .returning({ failures: grants.failures, rejections: grants.rejections });
  return row ?? null;
}

/** Makes the access token of this version unusable; a newer one stays. */
export async function dropAccessToken(tx: TxCtx, connectionId: string, version: number): Promise<void> {
  await tx.db
    .update(grants)
    .set({ accessExpiresAt: null })
    .where(atVersion(tx, connectionId, version));
}

/** After a consent: new tokens, nothing left of the old grant but its version, which rises. */
export async function replaceGrant(
  tx: TxCtx,
  connectionId: string,
  { accessLivesMs, ...tokens }: SealedTokens & { accessLivesMs: number },
): Promise<void> {
  const fresh = {
    ...tokens,
    accessExpiresAt: dbNowPlus(accessLivesMs),
    ...unleased,
    refreshedAt: sql`clock_timestamp()`,
    lastOutcome: "Given with the consent.",
    lastOutcomeAt: sql`clock_timestamp()`,
    failures: 0,
    rejections: 0,
    retryAt: null,
  };
  await tx.db
    .insert(grants)
    .values({ agencyId: tx.agencyId, connectionId, ...fresh })
    .onConflictDoUpdate({
      target: [grants.agencyId, grants.connectionId],
      set: { ...fresh, version: sql`${grants.version} + 1` },
    });
}

/** Deletes the tokens. The version rises, so that a reply that is under way finds nothing to store into. */
export async function eraseTokens(tx: TxCtx, connectionId: string): Promise<void> {
  await tx.db
    .update(grants)
    .set({
      ...unleased,
      refreshToken: null,
      accessToken: null,
      accessExpiresAt: null,
      sealedUnder: null,
      version: sql`${grants.version} + 1`,
      lastOutcome: "Deleted.",
      lastOutcomeAt: sql`clock_timestamp()`,
      retryAt: null,
    })
    .where(one(tx, connectionId));
}

/** Grants whose tokens are sealed under something else than `sealedUnder`, from the connection after `after` on. */
export async function grantsSealedElsewhere(
  tx: TxCtx,
  sealedUnder: string,
  page: { after: string | null; limit: number },
): Promise<GrantRow[]> {
  const next = page.after === null ? undefined : gt(grants.connectionId, page.after);
  return tx.db
    .select()
    .from(grants)
    .where(and(eq(grants.agencyId, tx.agencyId), ne(grants.sealedUnder, sealedUnder), next))
    .orderBy(grants.connectionId)
    .limit(page.limit);
}

/** Only the seal changes: the version stays, so that a refresh under way can still store. */
export async function resealGrant(
  tx: TxCtx,
  grant: GrantRow,
  sealed: Pick<SealedTokens, "sealedUnder"> & { refreshToken: string | null; accessToken: string | null },
): Promise<boolean> {
  const rows = await tx.db
    .update(grants)
    .set(sealed)
    .where(and(atVersion(tx, grant.connectionId, grant.version), eq(grants.sealedUnder, grant.sealedUnder ?? "")))
    .returning({ version: grants.version });
  return rows.length > 0;
}

/** How many grants each key and scheme seals. */
export async function countGrantKeys(tx: TxCtx): Promise<{ sealedUnder: string; rows: number }[]> {
  return tx.db
    .select({ sealedUnder: sql<string>`${grants.sealedUnder}`, rows: sql<number>`count(*)::int` })
    .from(grants)
    .where(and(eq(grants.agencyId, tx.agencyId), isNotNull(grants.sealedUnder)))
    .groupBy(grants.sealedUnder);
}
