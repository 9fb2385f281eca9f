// The one place that sends requests: time-outs, size caps, limits, typed errors and the call ledger. It never retries:
// a durable job decides that.
import type { Clock } from "../core/clock";
import { type Log, redactText } from "../core/log";
import { withoutSecrets } from "./call-secrets";
import { type Caller, currentCaller } from "./caller";
import { type Deadline, startDeadline, TimedOut } from "./deadline";
import { AmazonError, Unavailable, UnexpectedShape } from "./errors";
import { type Failure, readFailure, requestIdOf, toError } from "./failures";
import { parseJson } from "./json";
import type { Limiter } from "./limiter";
import type { Region } from "./regions";
import { type Answer, type Send, send as sendByHttp } from "./send";

/** One request that was sent, for the call ledger. Holds no query string, header or body, and no secret in its texts. */
export interface CallRecord {
  /** When it was sent. */
  at: Date;
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
  /** What that error said. */
  message?: string;
}

/** Told of each request that was sent, with those on whose behalf; undefined where nobody said so. */
export type OnCall = (call: CallRecord, caller: Caller | undefined) => void;

export interface Call {
  region: Region;
  operation: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** What of the body must be written down nowhere, beside the token of the authorization header. */
  secrets?: string[];
  /** Amazon's id of the account, where no header names it: each account has limits of its own. */
  account?: string;
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
  /** Sends, and hands over the body as it comes: to be read, or its connection stays. Stalls longer than the time-out end it. */
  open(call: Call): Promise<AsyncIterable<Uint8Array>>;
}

export interface HttpOptions {
  clientId: string;
  clock: Clock;
  log: Log;
  limiter: Limiter;
  /** Instead of the network. */
  send?: Send;
  onCall?: OnCall;
  /** Whole API call, and the longest stall of a download. */
  timeoutMs: number;
}

interface Sent {
  deadline: Deadline;
  record: CallRecord;
}

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

const mostRedirects = 3;
const largestBody = 16 * 1024 * 1024;
const largestErrorBody = 64 * 1024;

export function createHttp(options: HttpOptions): Http {
  const { clock, log, limiter, onCall, send = sendByHttp } = options;

  /** One exchange when its turn has come, written to the ledger. Only what `receive` throws is about the network. */
  async function exchange<R, T>(call: Call, receive: (sent: Sent) => Promise<R>, finish: (received: R) => T) {
    const { region, operation, method, signal } = call;
    const { origin, pathname } = new URL(call.url);
    const key = [origin, options.clientId, operation, accountOf(call)].join(" ");
    return limiter.run({ key, operation, signal }, async () => {
      const started = performance.now();
      const deadline = startDeadline(call.timeoutMs ?? options.timeoutMs, signal);
      const path = withoutSecrets(redactText(pathname), call);
      const record: CallRecord = { at: clock(), region, operation, method, path, durationMs: 0 };
      try {
        const received = await receive({ deadline, record }).catch((thrown: unknown) => {
          throw typed(thrown, call, record);
        });
        return finish(received);
      } catch (error) {
        deadline.close();
        record.error = error instanceof AmazonError ? error.kind : "aborted";
        record.message = withoutSecrets(redactText(error instanceof Error ? error.message : String(error)), call);
        if (error instanceof AmazonError) record.requestId ??= error.requestId;
        throw error;
      } finally {
        record.durationMs = Math.round(performance.now() - started);
        tell(record);
      }
    });
  }

  function tell(record: CallRecord): void {
    log[levelOf(record)](record, "amazon call");
    try {
      onCall?.(record, currentCaller());
    } catch (error) {
      log.error({ err: error }, "the call ledger failed");
    }
  }

  async function request(call: Call, { deadline, record }: Sent): Promise<Answer> {
    const { method, headers, body } = call;
    const answer = await send(call.url, { method, headers, body, signal: deadline.signal });
    record.status = answer.status;
    record.requestId = requestIdOf(answer);
    return answer;
  }

  async function failure(call: Call, answer: Answer): Promise<AmazonError> {
    const { text: body } = await readCapped(answer, largestErrorBody);
    // Amazon's texts may repeat what we sent.
    const text = withoutSecrets(body, call);
    const failed = readFailure({ operation: call.operation, answer, text, now: clock() });
    return call.explain?.(failed) ?? toError(failed);
  }

  async function receive(call: Call, sent: Sent): Promise<Reply> {
    const answer = await request(call, sent);
    const { status } = answer;
    if (!isSuccess(answer) && !call.also?.includes(status)) throw await failure(call, answer);
    const facts = { operation: call.operation, status, requestId: sent.record.requestId };
    const { text, complete } = await readCapped(answer, largestBody);
    sent.deadline.close();
    if (!complete) throw new UnexpectedShape(facts, "the body", `larger than ${largestBody} bytes`);
    return { status, body: decode(text, facts), facts };
  }

  async function follow(call: Call, sent: Sent): Promise<Answer> {
    let answer = await request(call, sent);
    for (let hops = 0; hops < mostRedirects; hops++) {
      const location = answer.status >= 300 && answer.status < 400 ? answer.header("location") : undefined;
      if (!location || !call.checkRedirect) break;
      await readCapped(answer, largestErrorBody);
      const url = new URL(location, call.url).toString();
      call.checkRedirect(url);
      answer = await request({ ...call, url }, sent);
    }
    return answer;
  }

  async function receiveStream(call: Call, sent: Sent): Promise<AsyncIterable<Uint8Array>> {
    const answer = await follow(call, sent);
    if (!isSuccess(answer)) throw await failure(call, answer);
    sent.deadline.pause();
    return watched(answer.body, sent.deadline, call);
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

/** The headers that name an account, by API family (contracts 2.1, 5, 6). */
const accountHeaders = [
  "amazon-ads-accountid",
  "amazon-advertising-api-scope",
  "amazon-advertising-api-advertiserid",
  "amazon-marketing-cloud-audience-instanceid",
];

function accountOf({ account, headers = {} }: Call): string {
  if (account) return account;
  const named = Object.keys(headers).find((name) => accountHeaders.includes(name.toLowerCase()));
  return named ? (headers[named] ?? "") : "";
}

/** Null of an empty body, as deletes answer. */
function decode(text: string, facts: Reply["facts"]): unknown {
  try {
    return text === "" ? null : parseJson(text);
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
  const code = thrown instanceof Error && "code" in thrown ? ` (${String(thrown.code)})` : "";
  return new Unavailable(facts, `the connection failed${code}`);
}

function readCapped({ body }: Answer, limit: number): Promise<{ text: string; complete: boolean }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const done = (complete: boolean) => resolve({ text: Buffer.concat(parts).toString("utf8", 0, limit), complete });
    body.on("error", reject);
    body.on("end", () => done(true));
    body.on("data", (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size <= limit) return;
      done(false);
      body.destroy();
    });
  });
}

/** The body's chunks. The clock runs only while one is awaited, so that a slow consumer is not a stalled Amazon. */
async function* watched(body: AsyncIterable<Uint8Array>, deadline: Deadline, call: Call): AsyncGenerator<Uint8Array> {
  try {
    deadline.resume();
    for await (const chunk of body) {
      deadline.pause();
      yield chunk;
      deadline.resume();
    }
  } catch (thrown) {
    throw typed(thrown, call, {});
  } finally {
    deadline.close();
  }
}

/** A refusal is an answer, which whoever asked deals with, and which stands in the ledger. */
function levelOf({ error }: CallRecord): "debug" | "info" | "warn" {
  if (!error) return "debug";
  return error === "rejected" || error === "unauthorized" ? "info" : "warn";
}
