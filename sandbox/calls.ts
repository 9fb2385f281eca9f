// What was called: every call but those to /_sandbox.

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
}

export interface CallFilter {
  path?: string | undefined;
  operation?: string | undefined;
  since?: string | undefined;
}

export interface CallLog {
  add(call: Call): void;
  list(filter?: CallFilter): Call[];
  counts(filter?: CallFilter): Record<string, number>;
  /** creates that went through, by fingerprint */
  reportCreates(filter?: CallFilter): Record<string, number>;
  clear(): void;
}

const LIMIT = 50_000;

export function createCallLog(): CallLog {
  let calls: Call[] = [];
  const list = (filter: CallFilter = {}): Call[] =>
    calls.filter(
      (call) =>
        (filter.operation === undefined || call.operation === filter.operation) &&
        (filter.since === undefined || call.at >= filter.since) &&
        (filter.path === undefined || pathIs(filter.path, call.path)),
    );
  const tally = (keys: (string | undefined)[]) => {
    const counts: Record<string, number> = {};
    for (const key of keys) if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
    return counts;
  };
  return {
    add(call) {
      calls.push(call);
      if (calls.length > LIMIT) calls = calls.slice(LIMIT / 2);
    },
    list,
    counts: (filter) => tally(list(filter).map((call) => call.operation)),
    reportCreates: (filter) =>
      tally(list(filter).map((call) => (call.status === 200 || call.status === 202 ? call.fingerprint : undefined))),
    clear() {
      calls = [];
    },
  };
}

function pathIs(pattern: string, path: string): boolean {
  if (!pattern.includes("*")) return path === pattern || path.startsWith(`${pattern}/`);
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(path);
}
