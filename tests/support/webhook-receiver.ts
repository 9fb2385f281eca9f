// A system of an agency's own: takes signed calls on the loopback interface, and keeps those whose signature holds. It verifies
// by the text of the Standard Webhooks specification, and shares no code with what signs.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  id: string;
  headers: IncomingHttpHeaders;
  body: { type: string; data: Record<string, unknown> };
  text: string;
}

export interface Receiver {
  url: string;
  /** `host:port`, to be allowed. */
  host: string;
  received: Received[];
  /** Calls whose signature did not hold. */
  forged: number;
  /** The secret that calls are verified with. */
  secret: string;
  /** How the next calls are answered; the last one stays. */
  answers: ((response: ServerResponse) => void)[];
  close(): Promise<void>;
}

export const answer =
  (status: number, text = "") =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "text/plain" }).end(text);
  };

const toleranceSeconds = 300;

function holds(secret: string, headers: IncomingHttpHeaders, text: string, now: Date): boolean {
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures } = headers;
  if (Math.abs(now.getTime() / 1000 - Number(at)) > toleranceSeconds) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${at}.${text}`).digest();
  return String(signatures)
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice(3), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

export async function aReceiver(clock: () => Date = () => new Date()): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const { headers } = request;
    if (!holds(receiver.secret, headers, text, clock())) {
      receiver.forged++;
      return answer(400, "The signature does not hold.")(response);
    }
    receiver.received.push({ id: String(headers["webhook-id"]), headers, body: JSON.parse(text), text });
    const next = receiver.answers.length > 1 ? receiver.answers.shift() : receiver.answers[0];
    (next ?? answer(200, "Thank you."))(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: Receiver = {
    url: `http://${host}/hook`,
    host,
    received: [],
    forged: 0,
    secret: "",
    answers: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return receiver;
}
