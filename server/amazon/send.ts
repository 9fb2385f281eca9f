// One HTTP exchange, by undici's own client: Node's fetch, which is built on the same, takes about five times the processor
// for a request (docs/decisions/049).
import type { EventEmitter } from "node:events";
import { pipeline, type Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { Agent, request } from "undici";

export interface Sending {
  method: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: string;
  /** Ends the request, or the reading of its answer, with its reason. */
  signal: EventEmitter;
}

export interface Answer {
  status: number;
  /** @param name in small letters */
  header(name: string): string | undefined;
  /** To be read once. Whoever stops before its end closes the connection. */
  body: Readable;
}

/** Sends once and follows no redirect. Throws what the network said, or the signal's reason. */
export type Send = (url: string, sending: Sending) => Promise<Answer>;

/** Of the whole process: connections are kept for the next request to the same host. Time-outs are the caller's. */
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/** HTTP itself says where a body ends; an empty one may be called zipped. */
const lenient = { finishFlush: constants.Z_SYNC_FLUSH };

export const send: Send = async (url, { method, headers, body, signal }) => {
  const answer = await request(url, {
    dispatcher: agent,
    method,
    headers: { ...headers, "user-agent": "Tidemark", "accept-encoding": "gzip" },
    body,
    signal,
  });
  const header = (name: string) => [answer.headers[name]].flat()[0];
  const zipped = /^(x-)?gzip$/i.test(header("content-encoding") ?? "");
  return {
    status: answer.statusCode,
    header,
    body: zipped ? pipeline(answer.body, createGunzip(lenient), () => {}) : answer.body,
  };
};
