// The tokens of a connection. Leases and expiries are measured by the database's clock: hosts may disagree on the time.
import { and, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { TxCtx } from "../core/context";
import { dbNow, dbNowPlus } from "../core/db/clock";
import { usable } from "./connection-store";
import type { Region } from "./contract";
import { connections, grants } from "./tables";

export type GrantRow = typeof grants.$inferSelect;

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

const passed = (moment: PgColumn) => or(isNull(moment), lte(moment, dbNow));
const leased = {
  connectionId: grants.connectionId,
  refreshToken: grants.refreshToken,
  accessExpiresAt: grants.accessExpiresAt,
  version: grants.version,
  leaseOwner: grants.leaseOwner,
  failures: grants.failures,
  now: dbNow,
};

/** A grant under our lease: what a refresh needs of it, and the moment it was read. */
export interface LeasedGrant {
  grant: Pick<GrantRow, Exclude<keyof typeof leased, "now">>;
  now: Date;
}

const readOf = <T extends { now: Date }>({ now, ...grant }: T) => ({ grant, now });

/** Nobody holds the lease, nobody is to wait, and there is something to renew with. */
const claimable = and(isNotNull(grants.refreshToken), passed(grants.leaseUntil), passed(grants.retryAt));

/**
 * Takes the lease if nobody holds it and a new token is still needed: whoever waited for the row reads it again here.
 * @returns the grant as leased, or null
 */
export async function leaseGrant(
  tx: TxCtx,
  connectionId: string,
  lease: { owner: string; ms: number; marginMs: number },
): Promise<LeasedGrant | null> {
  const needed = or(isNull(grants.accessExpiresAt), lt(grants.accessExpiresAt, dbNowPlus(lease.marginMs)));
  const [row] = await tx.db
    .update(grants)
    .set({ leaseOwner: lease.owner, leaseUntil: dbNowPlus(lease.ms) })
    .where(and(one(tx, connectionId), claimable, needed))
    .returning(leased);
  return row ? readOf(row) : null;
}

export const ofConnection = and(eq(connections.agencyId, grants.agencyId), eq(connections.id, grants.connectionId));

/** Leases grants of the regions that are due for renewal, the longest due first. Two processes never get the same one. */
export async function claimDue(
  tx: TxCtx,
  claim: { owner: string; ms: number; regions: readonly Region[]; limit: number },
): Promise<(LeasedGrant & { region: Region })[]> {
  // By itself, once: as a part of the update it could be run again for each row, and take more than the limit.
  const due = tx.db.$with("due").as(
    tx.db
      .select({ id: grants.connectionId, region: connections.region })
      .from(grants)
      .innerJoin(connections, ofConnection)
      .where(
        and(
          eq(grants.agencyId, tx.agencyId),
          claimable,
          passed(grants.renewAt),
          usable,
          inArray(connections.region, [...claim.regions]),
        ),
      )
      .orderBy(sql`${grants.renewAt} nulls first`)
      .limit(claim.limit)
      .for("update", { of: grants, skipLocked: true }),
  );
  const rows = await tx.db
    .with(due)
    .update(grants)
    .set({ leaseOwner: claim.owner, leaseUntil: dbNowPlus(claim.ms) })
    .from(due)
    .where(and(eq(grants.agencyId, tx.agencyId), eq(grants.connectionId, due.id)))
    .returning({ ...leased, region: due.region });
  return rows.map(({ region, ...row }) => ({ ...readOf(row), region }));
}

export interface SealedTokens {
  refreshToken: string;
  accessToken: string;
  sealedUnder: string;
}

const unleased = { leaseOwner: null, leaseUntil: null };

/** New tokens for a grant as it was read, and until when they hold. */
export interface NewTokens extends SealedTokens {
  grant: Pick<GrantRow, "connectionId" | "version">;
  accessExpiresAt: Date;
  renewAt: Date;
}

/** @returns the new versions by connection; none for a grant that has moved on: its tokens are not to be kept */
export async function storeTokens(tx: TxCtx, tokens: readonly NewTokens[]): Promise<Map<string, number>> {
  if (tokens.length === 0) return new Map();
  const rows = tokens.map(({ grant: { connectionId, version }, accessExpiresAt, renewAt, ...sealed }) => ({
    id: connectionId,
    read: version,
    ...sealed,
    expires: accessExpiresAt,
    renew: renewAt,
  }));
  const stored = await tx.db.execute<{ id: string; version: number }>(sql`
    update ${grants} g set
      refresh_token = n."refreshToken", access_token = n."accessToken", sealed_under = n."sealedUnder",
      access_expires_at = n.expires, renew_at = n.renew, version = g.version + 1,
      lease_owner = null, lease_until = null, failures = 0, rejections = 0, retry_at = null,
      refreshed_at = tidemark_now(), last_outcome = 'Renewed.', last_outcome_at = tidemark_now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, read int, "refreshToken" text,
      "accessToken" text, "sealedUnder" text, expires timestamptz, renew timestamptz)
    where g.agency_id = ${tx.agencyId} and g.connection_id = n.id and g.version = n.read
    returning g.connection_id as id, g.version`);
  return new Map(stored.map(({ id, version }) => [id, version]));
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
      lastOutcomeAt: dbNow,
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
    .set({ accessExpiresAt: null, renewAt: null })
    .where(atVersion(tx, connectionId, version));
}

/** Makes the grant due. After a refusal the wait stays: refusals that are not apart in time prove nothing. */
export async function makeDue(tx: TxCtx, connectionId: string): Promise<void> {
  await tx.db
    .update(grants)
    .set({
      renewAt: dbNow,
      retryAt: sql`case when ${grants.rejections} > 0 then ${grants.retryAt} end`,
    })
    .where(one(tx, connectionId));
  await tx.db.execute(sql`select pg_notify(${renewChannel}, ${tx.agencyId})`);
}

/** Wakes the refresh service: something of the agency in the payload is due before its time. */
export const renewChannel = "tidemark_renew";

/** After a consent: new tokens, nothing left of the old grant but its version, which rises. */
export async function replaceGrant(
  tx: TxCtx,
  connectionId: string,
  { accessLivesMs, renewInMs, ...tokens }: SealedTokens & { accessLivesMs: number; renewInMs: number },
): Promise<void> {
  const fresh = {
    ...tokens,
    accessExpiresAt: dbNowPlus(accessLivesMs),
    renewAt: dbNowPlus(renewInMs),
    ...unleased,
    refreshedAt: dbNow,
    lastOutcome: "Given with the consent.",
    lastOutcomeAt: dbNow,
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
      renewAt: null,
      sealedUnder: null,
      version: sql`${grants.version} + 1`,
      lastOutcome: "Deleted.",
      lastOutcomeAt: dbNow,
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

/** The connections whose tokens are sealed under one of these. */
export async function grantsUnder(tx: TxCtx, sealedUnder: readonly string[]): Promise<string[]> {
  if (sealedUnder.length === 0) return [];
  const rows = await tx.db
    .select({ id: grants.connectionId })
    .from(grants)
    .where(and(eq(grants.agencyId, tx.agencyId), inArray(grants.sealedUnder, [...sealedUnder])))
    .orderBy(grants.connectionId);
  return rows.map(({ id }) => id);
}

/** How many grants each key and scheme seals. */
export async function countGrantKeys(tx: TxCtx): Promise<{ sealedUnder: string; rows: number }[]> {
  return tx.db
    .select({ sealedUnder: sql<string>`${grants.sealedUnder}`, rows: sql<number>`count(*)::int` })
    .from(grants)
    .where(and(eq(grants.agencyId, tx.agencyId), isNotNull(grants.sealedUnder)))
    .groupBy(grants.sealedUnder);
}
