// Which brand a host name stands for, asked on every request that comes under a name that is not the installation's own.
import type { Clock } from "../core/clock";
import type { Database } from "../core/db/connect";
import { findProvedHost } from "./domain-store";

export interface HostPlace {
  host: string;
  agencyId: string;
  brandId: string;
}

export interface KnownDomains {
  /** Null: no brand's, or not proved. */
  find(host: string): Promise<HostPlace | null>;
}

/** A host that was removed may be known this long. */
const keptMs = 10_000;
/** Anybody may ask under any name. */
const mostKept = 1000;
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function knownDomains({
  database,
  clock,
  publicUrl,
}: {
  database: Database;
  clock: Clock;
  publicUrl: string;
}): KnownDomains {
  const own = new URL(publicUrl).hostname;
  const kept = new Map<string, { until: number; place: HostPlace | null }>();
  return {
    async find(asked) {
      const host = asked.toLowerCase();
      if (host === own || loopback.has(host) || !/^[a-z0-9.-]{3,190}$/.test(host)) return null;
      const now = clock().getTime();
      const known = kept.get(host);
      if (known && known.until > now) return known.place;
      const found = await database.withSystem((scope) => findProvedHost(scope, host));
      const place = found ? { host, ...found } : null;
      if (kept.size >= mostKept) kept.clear();
      kept.set(host, { until: now + keptMs, place });
      return place;
    },
  };
}

/** The installation's address under another host name. */
export function addressUnder(publicUrl: string, host: string): string {
  const url = new URL(publicUrl);
  url.hostname = host;
  return url.origin;
}
