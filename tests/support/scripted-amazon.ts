// The Amazon client with its network replaced by a list of answers, and what it sent to get them.
import { type Amazon, type CallRecord, createAmazon } from "../../server/amazon";
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

/** Answers in order; the last one repeats. A function is called with the request; an Error is a broken connection. */
export function scriptedAmazon(
  ...answers: (Response | Error | ((request: SentRequest) => Response))[]
): ScriptedAmazon {
  const sent: SentRequest[] = [];
  const records: CallRecord[] = [];
  const lines: string[] = [];
  let now = startOfTime.getTime();
  const amazon = createAmazon({
    clientId: "amzn1.application-oa2-client.test",
    clientSecret: "secret-of-the-client",
    hosts: { NA: regionHosts("na"), EU: regionHosts("eu"), FE: regionHosts("fe") },
    clock: () => new Date(now),
    log: createLog("trace", { write: (line) => lines.push(line) }),
    onCall: (record) => records.push(record),
    fetch: async (input, init = {}) => {
      const request = {
        method: init.method ?? "GET",
        url: new URL(String(input)),
        headers: new Headers(init.headers),
        body: String(init.body ?? ""),
      };
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push(request);
      if (answer instanceof Error) throw answer;
      if (typeof answer === "function") return answer(request);
      if (!answer) throw new TypeError("no answer was scripted");
      return answer.clone();
    },
  });
  const moveClock = (ms: number) => {
    now += ms;
  };
  return { amazon, sent, records, logged: () => lines.join(""), moveClock };
}
