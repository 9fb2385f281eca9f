// The Amazon client with its network replaced by a list of answers, and what it sent to get them.
import { Readable } from "node:stream";
import { type Amazon, type AmazonOptions, type CallRecord, createAmazon, createLimiter } from "../../server/amazon";
import type { Answer } from "../../server/amazon/send";
import { createLog } from "../../server/core/log";

export interface SentRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: string;
}

export interface ScriptedAmazon {
  amazon: Amazon;
  sent: SentRequest[];
  records: CallRecord[];
  /** Everything that was logged. */
  logged(): string;
  moveClock(ms: number): void;
}

const regionHosts = (name: string) => ({
  authorizeUrl: `https://consent.${name}.example/ap/oa`,
  tokenUrl: `https://token.${name}.example/auth/o2/token`,
  apiUrl: `https://api.${name}.example`,
});

export const startOfTime = new Date("2026-07-01T00:00:00Z");

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

type NodeStream = Parameters<typeof Readable.fromWeb>[0];

/** A standard Response in the client's own form. */
export const asAnswer = ({ status, headers, body }: Response): Answer => ({
  status,
  header: (name) => headers.get(name) ?? undefined,
  body: body ? Readable.fromWeb(body as NodeStream) : Readable.from([]),
});

type Scripted = Response | Error | ((request: SentRequest) => Response);
type Overrides = Partial<Pick<AmazonOptions, "onCall" | "limiter">>;

const isAnswer = (one: Scripted | Overrides): one is Scripted =>
  one instanceof Response || one instanceof Error || typeof one === "function";

/** Answers in order; the last one repeats. A function is called with the request; an Error is a broken connection. */
export function scriptedAmazon(...given: [Overrides | Scripted, ...Scripted[]] | []): ScriptedAmazon {
  const [first, ...rest] = given;
  const answers: Scripted[] = first && isAnswer(first) ? [first, ...rest] : rest;
  const overrides = first && !isAnswer(first) ? first : {};
  const sent: SentRequest[] = [];
  const records: CallRecord[] = [];
  const lines: string[] = [];
  let now = startOfTime.getTime();
  const clock = () => new Date(now);
  // The clock stands still: no call would ever be due under a ceiling.
  const limiter = createLimiter({ clock, ceilingOf: () => ({ perSecond: 1e6, burst: 1e6 }) });
  const amazon = createAmazon({
    clientId: "amzn1.application-oa2-client.test",
    clientSecret: "secret-of-the-client",
    hosts: { NA: regionHosts("na"), EU: regionHosts("eu"), FE: regionHosts("fe") },
    clock,
    limiter,
    log: createLog("trace", { write: (line) => lines.push(line) }),
    onCall: (record) => records.push(record),
    ...overrides,
    send: async (url, { method, headers, body = "" }) => {
      const request = { method, url: new URL(url), headers: new Headers(headers), body };
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push(request);
      if (answer instanceof Error) throw answer;
      if (typeof answer === "function") return asAnswer(answer(request));
      if (!answer) throw new TypeError("no answer was scripted");
      return asAnswer(answer.clone());
    },
  });
  const moveClock = (ms: number) => {
    now += ms;
  };
  return { amazon, sent, records, logged: () => lines.join(""), moveClock };
}
