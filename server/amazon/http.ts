// The one place that sends requests: time-outs, size caps, circuit, typed errors and the call ledger. It never retries:
// a durable job decides that.
import type { Clock } from "../core/clock";
import type { Log } from "../core/log";
import { type Deadline, startDeadline, TimedOut } from "./deadline";
import { AmazonError, Unavailable, UnexpectedShape } from "./errors";
import { type Failure, readFailure, requestIdOf, toError } from "./failures";
import { parseJson } from "./json";
import type { Limiter } from "./limiter";
import type { Region } from "./regions";

/** One request that was sent, for the call ledger. Holds no query string, header or body. */
export interface CallRecord {
  region: Region;
  operation: string;
  method: string;
  path: string;
  /** Absent when no answer came. */
  status?: number;
  durationMs: number;
  requestId?: string;
  /** Kind of the AmazonError it ended with, or `aborted`. */
  error?: string;
}

export interface Call {
  region: Region;
  operation: string;
  method: "GET" | "POST";
  url: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  /** Whole call with its body. */
  timeoutMs?: number;
  /** Statuses beside 2xx that `read` understands. */
  also?: number[];
  /** Downloads follow a redirect only where this does not throw for its target. */
  checkRedirect?(url: string): void;
  /** An error of the operation's own; undefined leaves it to the status. */
  explain?(failure: Failure): AmazonError | undefined;
}

export interface Reply {
  status: number;
  body: unknown;
  facts: { operation: string; status: number; requestId?: string };
}

export interface Http {
  /** Sends, and reads the JSON answer. Throws AmazonError, or the caller's abort reason. */
  call<T>(call: Call, read: (reply: Reply) => T): Promise<T>;
  /** Sends, and hands over the body as it comes. Stalls longer than the time-out end it. */
  open(call: Call): Promise<AsyncIterable<Uint8Array>>;
}

export interface HttpOptions {
  clientId: string;
  clock: Clock;
  log: Log;
  limiter: Limiter;
  fetch?: typeof fetch;
  onCall?: (call: CallRecord) => void;
  /** Whole API call, and the longest stall of a download. */
  timeoutMs: number;
}

interface Sent {
  deadline: Deadline;
  record: CallRecord;
}

const mostRedirects = 3;
const largestBody = 16 * 1024 * 1024;
const largestErrorBody = 64 * 1024;

export function createHttp(options: HttpOptions): Http {
  const { clock, log, limiter, onCall } = options;
  const send = options.fetch ?? fetch;

  /** One exchange inside its circuit, written to the ledger. Only what `receive` throws is about the network. */
  async function exchange<R, T>(call: Call, receive: (sent: Sent) => Promise<R>, finish: (received: R) => T) {
    const { origin, pathname } = new URL(call.url);
    const circuit = { key: `${origin} ${options.clientId} ${call.operation}`, operation: call.operation };
    return limiter.run(circuit, async () => {
      const started = performance.now();
      const deadline = startDeadline(call.timeoutMs ?? options.timeoutMs, call.signal);
      const { region, operation, method } = call;
      const record: CallRecord = { region, operation, method, path: pathname, durationMs: 0 };
      try {
        const received = await receive({ deadline, record }).catch((thrown: unknown) => {
          throw typed(thrown, call, record);
        });
        return finish(received);
      } catch (error) {
        deadline.close();
        record.error = error instanceof AmazonError ? error.kind : "aborted";
        if (error instanceof AmazonError) record.requestId ??= error.requestId;
        throw error;
      } finally {
        record.durationMs = Math.round(performance.now() - started);
        tell(record);
      }
    });
  }

  function tell(record: CallRecord): void {
    log[record.error ? "warn" : "debug"](record, "amazon call");
    try {
      onCall?.(record);
    } catch (error) {
      log.error({ err: error }, "the call ledger failed");
    }
  }

  async function request(call: Call, { deadline, record }: Sent): Promise<Response> {
    const { method, headers, body } = call;
    const response = await send(call.url, { method, headers, body, redirect: "manual", signal: deadline.signal });
    record.status = response.status;
    record.requestId = requestIdOf(response.headers);
    return response;
  }

  async function failure(call: Call, response: Response): Promise<AmazonError> {
    const { text } = await readCapped(response, largestErrorBody);
    const failed = readFailure({ operation: call.operation, response, text, now: clock() });
    return call.explain?.(failed) ?? toError(failed);
  }

  async function receive(call: Call, sent: Sent): Promise<Reply> {
    const response = await request(call, sent);
    if (!response.ok && !call.also?.includes(response.status)) throw await failure(call, response);
    const facts = { operation: call.operation, status: response.status, requestId: requestIdOf(response.headers) };
    const { text, complete } = await readCapped(response, largestBody);
    sent.deadline.close();
    if (!complete) throw new UnexpectedShape(facts, "the body", `larger than ${largestBody} bytes`);
    return { status: response.status, body: decode(text, facts), facts };
  }

  async function follow(call: Call, sent: Sent): Promise<Response> {
    let response = await request(call, sent);
    for (let hops = 0; hops < mostRedirects; hops++) {
      const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
      if (!location || !call.checkRedirect) break;
      await response.body?.cancel();
      const url = new URL(location, call.url).toString();
      call.checkRedirect(url);
      response = await request({ ...call, url }, sent);
    }
    return response;
  }

  async function receiveStream(call: Call, sent: Sent): Promise<AsyncIterable<Uint8Array>> {
    const response = await follow(call, sent);
    if (!response.ok || !response.body) throw await failure(call, response);
    sent.deadline.pause();
    return watched(response.body, sent.deadline, call);
  }

  return {
    call: (call, read) => exchange(call, (sent) => receive(call, sent), read),
    open: (call) =>
      exchange(
        call,
        (sent) => receiveStream(call, sent),
        (body) => body,
      ),
  };
}

function decode(text: string, facts: Reply["facts"]): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new UnexpectedShape(facts, "the body", "not JSON");
  }
}

/** The typed error of whatever a request threw; the caller's own abort passes as it is. */
function typed(thrown: unknown, call: Call, { status, requestId }: Pick<CallRecord, "status" | "requestId">): unknown {
  if (thrown instanceof AmazonError) return thrown;
  if (call.signal?.aborted) return call.signal.reason;
  const facts = { operation: call.operation, status, requestId };
  if (thrown instanceof TimedOut) return new Unavailable(facts, thrown.message);
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new Unavailable(facts, `the connection failed${code}`);
}

async function readCapped(response: Response, limit: number): Promise<{ text: string; complete: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) return { text: Buffer.concat(parts).toString("utf8"), complete: true };
    parts.push(value);
    size += value.length;
    if (size > limit) {
      await reader?.cancel();
      return { text: Buffer.concat(parts).toString("utf8", 0, limit), complete: false };
    }
  }
}

/** The body's chunks. The clock runs only while one is awaited, so that a slow consumer is not a stalled Amazon. */
async function* watched(body: ReadableStream<Uint8Array>, deadline: Deadline, call: Call): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      deadline.resume();
      const { done, value } = await reader.read();
      deadline.pause();
      if (done) return;
      yield value;
    }
  } catch (thrown) {
    throw typed(thrown, call, {});
  } finally {
    deadline.close();
  }
}
