import { AmazonError, Rejected, Unauthorized, UnexpectedShape } from "../amazon";
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { readConnection, writeRegion } from "./connection-store";
import type { Region, RegionDiscovery } from "./contract";
import { discoverRegion } from "./discover-region";
import { type Discovery, discoverJob, discoveryQueue } from "./enqueue-discovery";
import { said } from "./probe-advertiser";

const allRegions: Region[] = ["NA", "EU", "FE"];
const firstRetryMs = 30_000;
const longestRetryMs = 3600_000;
const lastAttempt = 12;

/** The regions that failed, and when to try them again. */
interface Failure {
  region: Region;
  found: RegionDiscovery;
  retryMs: number | null;
}

/** Looks for accounts in all regions at once; a region that fails is told, and tried again, on its own. */
export async function discoverAccounts(ctx: Ctx, { connectionId, regions, attempt = 0 }: Discovery): Promise<void> {
  const wanted = regions ?? allRegions;
  const connected = await ctx.tx(async (tx) => {
    const connection = await readConnection(tx, connectionId);
    if (!connection || connection.state === "disconnected") return false;
    for (const region of wanted) {
      const { nextTryAt: _, reason: __, remedy: ___, ...found } = connection.discovery[region];
      await writeRegion(tx, connectionId, region, { ...found, state: "running", at: tx.now().toISOString() });
    }
    await tx.changed("connections", [connectionId]);
    return true;
  });
  if (!connected) return;
  const failures = await Promise.all(
    wanted.map(async (region) => {
      try {
        await discoverRegion(ctx, connectionId, region);
        return null;
      } catch (error) {
        return failureOf(ctx, { region, attempt, error });
      }
    }),
  );
  await settle(
    ctx,
    { connectionId, attempt },
    failures.filter((failure) => failure !== null),
  );
}

async function settle(
  ctx: Ctx,
  { connectionId, attempt }: { connectionId: string; attempt: number },
  failures: Failure[],
): Promise<void> {
  if (failures.length === 0) return;
  await ctx.tx(async (tx) => {
    const connection = await readConnection(tx, connectionId);
    if (!connection || connection.state === "disconnected") return;
    for (const { region, found } of failures) {
      const { profiles, entities, advertisers } = connection.discovery[region];
      await writeRegion(tx, connectionId, region, { ...found, profiles, entities, advertisers });
    }
    const again = failures.filter((failure) => failure.retryMs !== null);
    if (again.length > 0) {
      const runAt = new Date(tx.now().getTime() + Math.max(...again.map((failure) => failure.retryMs ?? 0)));
      const input: Discovery = { connectionId, regions: again.map(({ region }) => region), attempt: attempt + 1 };
      await tx.enqueue(discoverJob, input, {
        runAt,
        key: `${discoverJob}:${connectionId}:again`,
        queue: discoveryQueue(connectionId),
      });
    }
    await tx.changed("connections", [connectionId]);
  });
}

function failureOf(ctx: Ctx, { region, attempt, error }: { region: Region; attempt: number; error: unknown }): Failure {
  ctx.log.warn({ err: error, region }, "discovery of a region failed");
  const { reason, remedy, waitMs } = explain(error);
  const backoff = Math.min(firstRetryMs * 2 ** attempt, longestRetryMs);
  const retryMs = waitMs === null || attempt >= lastAttempt ? null : Math.max(backoff, waitMs);
  const nextTryAt = retryMs === null ? undefined : new Date(ctx.now().getTime() + retryMs).toISOString();
  const at = ctx.now().toISOString();
  return {
    region,
    retryMs,
    found: { state: "failed", profiles: 0, entities: 0, advertisers: 0, reason, remedy, at, nextTryAt },
  };
}

const discoverAgain = "Put it right, then choose Discover again.";

/** `waitMs`: the least time before another try makes sense; null where it does not. */
function explain(error: unknown): { reason: string; remedy?: string; waitMs: number | null } {
  if (error instanceof Unauthorized || error instanceof Rejected) {
    const reason = `Amazon refuses this region's profiles (${error.status ?? "no status"})${said(error.details)}.`;
    return {
      reason,
      remedy: `The application may not be approved for the Amazon Ads API here. ${discoverAgain}`,
      waitMs: null,
    };
  }
  if (error instanceof UnexpectedShape) return { reason: error.message, remedy: discoverAgain, waitMs: null };
  if (error instanceof AmazonError) return { reason: error.message, waitMs: (error.retryAfterSeconds ?? 0) * 1000 };
  if (error instanceof AppError) {
    const waitMs = error.code === "unavailable" ? (error.retryAfterSeconds ?? 0) * 1000 : null;
    return { reason: error.message, remedy: error.remedy, waitMs };
  }
  return { reason: "An unexpected error stopped the discovery; the log has the details.", waitMs: 0 };
}
