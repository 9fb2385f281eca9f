// The ledger of calls to Amazon: written many rows at once, beside the work and never in its way. What is in memory when a
// process is killed is lost (a quarter of a second); no work depends on it.
import type { CallRecord, OnCall } from "../amazon";
import type { Log } from "../core/log";
import type { NewCall } from "./call-store";
import { type CallWriterOptions, createCallWriter } from "./call-writer";

export interface CallLedger {
  /** For `createAmazon`. Never throws, never waits. */
  record: OnCall;
  /** Writes what is left, once. */
  close(): Promise<void>;
}

export interface CallLedgerOptions extends CallWriterOptions {
  /** Rows kept while the database is away; beyond them the oldest go. */
  capacity?: number;
}

const flushMs = 250;
const flushRows = 500;
const retryMs = 2_000;
const longestText = 1_000;

export function createCallLedger({ database, log, capacity = 20_000 }: CallLedgerOptions): CallLedger {
  const writer = createCallWriter({ database, log });
  const outage = outageWords(log);
  let waiting: NewCall[] = [];
  let flushing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function plan(ms: number): void {
    timer ??= setTimeout(() => void flush(), ms).unref();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    flushing ??= writeAll().finally(() => {
      flushing = null;
      if (waiting.length > 0) plan(outage.lasts() ? retryMs : flushMs);
    });
    return flushing;
  }

  async function writeAll(): Promise<void> {
    const rows = waiting;
    waiting = [];
    const left = await writer.write(rows);
    waiting = left.concat(waiting);
    if (left.length > 0) outage.began();
    else outage.ended();
    trim(capacity);
  }

  function trim(most: number): void {
    const excess = waiting.length - most;
    if (excess <= 0) return;
    waiting.splice(0, excess);
    outage.dropped(excess);
  }

  return {
    record(call, caller) {
      if (!caller) {
        log.error({ operation: call.operation }, "a call to Amazon was made on nobody's behalf");
        return;
      }
      waiting.push(rowOf(call, caller));
      // Not row by row: taking the first out of a long list moves all others.
      if (waiting.length >= capacity + flushRows) trim(capacity);
      if (flushing || outage.lasts()) return;
      if (waiting.length >= flushRows) void flush();
      else plan(flushMs);
    },
    async close() {
      await flushing;
      await flush();
      clearTimeout(timer);
      writer.close();
      if (waiting.length > 0) log.warn({ calls: waiting.length }, "calls to Amazon were not recorded");
    },
  };
}

/** Says once that the database is away, and at its end what was lost. */
function outageWords(log: Log) {
  let lasts = false;
  let lost = 0;
  return {
    lasts: () => lasts,
    began() {
      if (!lasts) log.warn("calls to Amazon are kept in memory until the database can be reached");
      lasts = true;
    },
    dropped(calls: number) {
      if (lost === 0) log.warn("too many calls to Amazon are kept in memory: the oldest are dropped");
      lost += calls;
    },
    ended() {
      if (lasts) log.warn({ lost }, "calls to Amazon are recorded again");
      lasts = false;
      lost = 0;
    },
  };
}

/** Postgres refuses NUL in texts. */
const clean = (text: string | undefined): string | null => text?.replaceAll("\0", "").slice(0, longestText) ?? null;

function rowOf(call: CallRecord, caller: NonNullable<Parameters<OnCall>[1]>): NewCall {
  return {
    agencyId: caller.agencyId,
    at: call.at,
    region: call.region,
    operation: call.operation,
    method: call.method,
    path: clean(call.path) ?? "",
    status: call.status ?? null,
    durationMs: call.durationMs,
    requestId: clean(call.requestId),
    errorClass: call.error ?? null,
    error: clean(call.message),
    connectionId: caller.connectionId ?? null,
    accountId: caller.accountId ?? null,
    brandId: caller.brandId ?? null,
    origin: clean(caller.origin) ?? "",
  };
}
