// What the refresh service does in one agency at a time: leases what is due, says what is about to be stale, gives notice of
// consents that may end.
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { calmState, changeState } from "./change-state";
import { lockConnections } from "./connection-store";
import { consentEnding, Region } from "./contract";
import { claimDue } from "./grant-store";
import type { Leased } from "./refresh-grant";
import type { TokenFailure } from "./token-outcome";
import { calmMs, leaseMs } from "./token-schedule";
import { countWorkers, readOutlook, staleConnections, takeNotices } from "./watch-store";

/** What may be asked of a region's token host: everything (null), or so many calls, and why no more. */
export type Allowance = Record<Region, { left: number; failure: TokenFailure } | null>;

export interface Look {
  owner: string;
  /** What is claimed is taken off. */
  allowance: Allowance;
  /** How many may be claimed, by how many processes there are at this moment: one that has just come has its share at once. */
  room(workers: number): number;
}

export interface Found {
  leased: Leased[];
  /** Nothing is known to be due before then. */
  nextLook: Date;
}

/** An agency is looked at this often even if nothing is due. */
const longestLookMs = 60_000;

/** Three transactions: whoever holds grants must not wait for connections, which others lock first. */
export async function lookAfter(ctx: Ctx, look: Look): Promise<Found> {
  await sayStale(ctx, look.allowance);
  const { leased, now, due, notices } = await ctx.tx(async (tx) => {
    const claimed = await claim(tx, look);
    if (claimed.length > 0) failpoint("token.claiming");
    return { leased: claimed, ...(await readOutlook(tx)) };
  });
  if (notices) {
    // What is leased is refreshed all the same; the next look gives the notices again.
    await ctx.tx(giveNotices).catch((error) => ctx.log.warn({ err: error }, "notices of consents were not given"));
  }
  const latest = now.getTime() + longestLookMs;
  return { leased, nextLook: new Date(Math.min(due?.getTime() ?? latest, latest)) };
}

async function claim(tx: TxCtx, { owner, allowance, room }: Look): Promise<Leased[]> {
  const limit = room(await countWorkers(tx));
  const open = Region.options.filter((region) => allowance[region] === null);
  const lots = [{ regions: open, most: limit, allowed: null as Allowance[Region] }];
  for (const region of Region.options) {
    const allowed = allowance[region];
    if (allowed && allowed.left > 0) lots.unshift({ regions: [region], most: allowed.left, allowed });
  }
  const leased: Leased[] = [];
  for (const { regions, most, allowed } of lots) {
    const left = Math.min(most, limit - leased.length);
    if (left <= 0 || regions.length === 0) continue;
    const claimed = await claimDue(tx, { owner, ms: leaseMs, regions, limit: left });
    if (allowed) allowed.left -= claimed.length;
    for (const { region, ...read } of claimed)
      leased.push({ connection: { id: read.grant.connectionId, region }, read });
  }
  return leased;
}

/** Where no token can be had, nobody tries each connection: the region speaks for them. */
async function sayStale(ctx: Ctx, allowance: Allowance): Promise<void> {
  const shut = Region.options.filter((region) => allowance[region] !== null);
  if (shut.length === 0) return;
  await ctx.tx(async (tx) => {
    const rows = await lockConnections(tx, await staleConnections(tx, shut, calmMs));
    // A token may have come before the lock did.
    const stale = new Set(rows.length > 0 ? await staleConnections(tx, shut, calmMs) : []);
    for (const row of rows) {
      const failure = allowance[row.region]?.failure;
      if (!failure || !stale.has(row.id)) continue;
      await changeState(tx, row, { state: "degraded", reason: failure.reason, remedy: failure.remedy });
    }
  });
}

async function giveNotices(tx: TxCtx): Promise<void> {
  for (const row of await takeNotices(tx)) {
    const { id, amazonUserName, ownerUserId, consentExpiresAt, consentNotice } = row;
    if (!consentExpiresAt || consentNotice === null) continue;
    await tx.announce(consentEnding, {
      connectionId: id,
      name: amazonUserName,
      ownerUserId,
      expiresAt: consentExpiresAt.toISOString(),
      daysLeft: consentNotice,
    });
    await tx.audit({
      action: "connection.consent_ending",
      target: { type: "connection", id, label: amazonUserName },
      after: { expiresAt: consentExpiresAt.toISOString(), daysLeft: consentNotice },
    });
    if (row.state !== "degraded") await changeState(tx, row, calmState(row));
  }
}
