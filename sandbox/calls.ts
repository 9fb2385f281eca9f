// What was called: every call but those to /_sandbox. The latest calls whole, all of them as counts.

export interface Call {
  at: string;
  realAt: string;
  region: string;
  method: string;
  path: string;
  operation: string;
  /** 0: the connection was cut without an answer */
  status: number;
  requestId: string;
  durationMs: number;
  fault?: string;
  fingerprint?: string;
  /** the consent it was made with: the start of the SHA-256 of its refresh token */
  grant?: string;
}

export interface CallFilter {
  path?: string | undefined;
  operation?: string | undefined;
  region?: string | undefined;
  since?: string | undefined;
}

export type CountBy = "operation" | "region" | "status" | "grant";

export interface CountFilter extends CallFilter {
  /** default: operation */
  by?: CountBy | undefined;
}

export interface CallLog {
  add(call: Call): void;
  /** the latest 100,000 at most, oldest first */
  list(filter?: CallFilter): Call[];
  /** of every call since the last clearing; with `path` or `since`, of the listed ones */
  counts(filter?: CountFilter): Record<string, number>;
  /** creates that went through, by fingerprint; counted as `counts` are */
  reportCreates(filter?: CallFilter): Record<string, number>;
  clear(): void;
}

type Counted = Pick<Call, "operation" | "region" | "status" | "grant">;

export function createCallLog(capacity = 100_000): CallLog {
  let ring: Call[] = [];
  let oldest = 0;
  let tallies = new Map<string, { of: Counted; count: number }>();
  let creates = new Map<string, number>();
  const list = (filter: CallFilter = {}): Call[] =>
    [...ring.slice(oldest), ...ring.slice(0, oldest)].filter((call) => fits(call, filter));
  const isWhole = (filter: CallFilter) => filter.path === undefined && filter.since === undefined;
  return {
    add(call) {
      if (ring.length < capacity) ring.push(call);
      else {
        ring[oldest] = call;
        oldest = (oldest + 1) % capacity;
      }
      const { operation, region, status, grant } = call;
      const key = `${operation} ${region} ${status} ${grant ?? ""}`;
      const tally = tallies.get(key);
      if (tally) tally.count += 1;
      else tallies.set(key, { of: { operation, region, status, ...(grant ? { grant } : {}) }, count: 1 });
      const created = createdBy(call);
      if (created !== undefined) creates.set(created, (creates.get(created) ?? 0) + 1);
    },
    list,
    counts(filter = {}) {
      const counted = isWhole(filter) ? [...tallies.values()] : list(filter).map((of) => ({ of, count: 1 }));
      const asked = counted.filter(({ of }) => fitsTally(of, filter));
      return sumUp(asked.map(({ of, count }) => [of[filter.by ?? "operation"], count]));
    },
    reportCreates(filter = {}) {
      if (isWhole(filter) && filter.operation === undefined && filter.region === undefined) {
        return Object.fromEntries(creates);
      }
      return sumUp(list(filter).map((call) => [createdBy(call), 1]));
    },
    clear() {
      ring = [];
      oldest = 0;
      tallies = new Map();
      creates = new Map();
    },
  };
}

const createdBy = (call: Call): string | undefined =>
  call.status === 200 || call.status === 202 ? call.fingerprint : undefined;

function sumUp(pairs: [string | number | undefined, number][]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [key, count] of pairs) if (key !== undefined) sums[key] = (sums[key] ?? 0) + count;
  return sums;
}

const fitsTally = (of: Counted, filter: CallFilter): boolean =>
  (filter.operation === undefined || of.operation === filter.operation) &&
  (filter.region === undefined || of.region === filter.region);

const fits = (call: Call, filter: CallFilter): boolean =>
  fitsTally(call, filter) &&
  (filter.since === undefined || call.at >= filter.since) &&
  (filter.path === undefined || pathIs(filter.path, call.path));

function pathIs(pattern: string, path: string): boolean {
  if (!pattern.includes("*")) return path === pattern || path.startsWith(`${pattern}/`);
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(path);
}
