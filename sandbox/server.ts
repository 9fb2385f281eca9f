import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { setTimeout as after } from "node:timers/promises";
import { type Fault, faultBody } from "./faults";
import { nameOfRefresh } from "./lwa/access-tokens";
import { gatewayError, type Reply, ReplyError, toJson } from "./reply";
import type { ApiRequest, Match, Router } from "./router";
import type { Sandbox } from "./sandbox";
import type { Region } from "./world/types";

// One regional host: reads the call, applies faults and limits, routes it, writes the answer and the call log.

const BODY_LIMIT = 8 * 1024 * 1024;

export interface RegionServer {
  sandbox: Sandbox;
  region: Region;
  api: Router;
  control: Router;
}

export function createRegionServer(host: RegionServer): Server {
  const server = createServer((incoming, response) => {
    void serve(host, incoming, response).catch((error: unknown) => {
      process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

async function serve(host: RegionServer, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(host, incoming);
  if (request === undefined) {
    await write(response, { status: 413, body: toJson({ message: "Request Entity Too Large" }) }, randomUUID());
    return;
  }
  if (request.path === "/" || request.path.startsWith("/_sandbox")) {
    await write(response, await answer(request, host.control.match(request.method, request.path)), request.requestId);
    return;
  }
  await serveApi(host, request, response);
}

async function serveApi(host: RegionServer, request: ApiRequest, response: ServerResponse): Promise<void> {
  const { sandbox, region, api } = host;
  const match = api.match(request.method, request.path);
  const operation = match?.route.operation ?? "unknown";
  const begun = { at: sandbox.clock.iso(), realAt: new Date().toISOString(), moment: performance.now() };
  const subject = { method: request.method, path: request.path, operation, region };
  const fault = sandbox.faults.take(subject);
  const { reply, drop } = await answerWithFault(request, match, fault);
  sandbox.calls.add({
    at: begun.at,
    realAt: begun.realAt,
    ...subject,
    status: drop ? 0 : reply.status,
    requestId: request.requestId,
    durationMs: Math.round(performance.now() - begun.moment),
    ...(fault ? { fault: fault.id } : {}),
    ...(request.fingerprint === undefined ? {} : { fingerprint: request.fingerprint }),
    ...grantOf(request, operation),
  });
  if (drop) response.destroy();
  else await write(response, fault?.dripMs === undefined ? reply : dripping(reply, fault.dripMs), request.requestId);
}

/** The consent a call was made with, whether or not the call was answered. */
function grantOf({ sandbox, headers, body }: ApiRequest, operation: string): { grant?: string } {
  const grant =
    operation === "lwa.token"
      ? sandbox.grants.findGrant(new URLSearchParams(body).get("refresh_token") ?? "")
      : sandbox.grants.readAccess(headers.authorization?.replace(/^bearer /i, "") ?? "")?.grant;
  return grant ? { grant: nameOfRefresh(grant.refreshToken) } : {};
}

async function answerWithFault(
  request: ApiRequest,
  match: Match | undefined,
  fault: Fault | undefined,
): Promise<{ reply: Reply; drop: boolean }> {
  const delay = async () => {
    if (fault?.delayMs !== undefined) await after(fault.delayMs, undefined, { ref: false });
  };
  if (fault?.afterEffect !== true) await delay();
  const spoils = fault !== undefined && spoilsAnswer(fault);
  const works = fault === undefined || !spoils || fault.afterEffect === true;
  const real = works ? await answer(request, match) : undefined;
  if (fault?.afterEffect === true) await delay();
  if (spoils && real?.body instanceof Readable) real.body.destroy();
  if (fault?.drop) return { reply: { status: 0 }, drop: true };
  if (fault && spoils) {
    const status = fault.status ?? 200;
    const headers: Record<string, string> = { "content-type": fault.contentType ?? "application/json" };
    if (fault.retryAfter !== undefined) headers["retry-after"] = String(fault.retryAfter);
    const body = faultBody(fault, status);
    return { reply: { status, headers, body: fault.malformed ? half(body) : body }, drop: false };
  }
  const reply = real ?? { status: 500 };
  return { reply: fault?.malformed ? await spoil(reply) : reply, drop: false };
}

const spoilsAnswer = (fault: Fault): boolean =>
  fault.drop === true || fault.status !== undefined || fault.body !== undefined || fault.bodyBytes !== undefined;

const DRIP_BYTES = 16;

function dripping(reply: Reply, gapMs: number): Reply {
  async function* pieces() {
    for await (const chunk of typeof reply.body === "string" ? [reply.body] : (reply.body ?? [])) {
      const bytes = Buffer.from(chunk as Uint8Array);
      for (let at = 0; at < bytes.length; at += DRIP_BYTES) {
        yield bytes.subarray(at, at + DRIP_BYTES);
        await after(gapMs, undefined, { ref: false });
      }
    }
  }
  return { ...reply, body: Readable.from(pieces()) };
}

const half = (body: string): string => body.slice(0, Math.ceil(body.length / 2));

async function spoil(reply: Reply): Promise<Reply> {
  if (typeof reply.body === "string") return { ...reply, body: half(reply.body) };
  if (reply.body === undefined) return { ...reply, body: '{"unfinished":' };
  const chunks: Buffer[] = [];
  for await (const chunk of reply.body) chunks.push(Buffer.from(chunk as Uint8Array));
  const whole = Buffer.concat(chunks);
  const { "content-length": _length, ...headers } = reply.headers ?? {};
  return { ...reply, headers, body: Readable.from([whole.subarray(0, Math.ceil(whole.length / 2))]) };
}

async function answer(request: ApiRequest, match: Match | undefined): Promise<Reply> {
  try {
    if (!match) throw gatewayError(404, "Not Found");
    if (!request.path.startsWith("/_")) refuseOverLimit(request, match.route.operation);
    request.params = match.params;
    return await match.route.handle(request);
  } catch (error) {
    if (error instanceof ReplyError) return error.reply;
    process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
    return {
      status: 500,
      headers: { "content-type": "application/json" },
      body: '{"message":"Internal Server Error"}',
    };
  }
}

function refuseOverLimit(request: ApiRequest, operation: string): void {
  const { path, region } = request;
  const limit = request.sandbox.limiter.refusal({ path, operation, region });
  if (!limit) return;
  const headers: Record<string, string> =
    limit.retryAfterSeconds === undefined ? {} : { "retry-after": String(limit.retryAfterSeconds) };
  throw gatewayError(429, "Too Many Requests", headers);
}

async function readRequest(host: RegionServer, incoming: IncomingMessage): Promise<ApiRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const part = chunk as Buffer;
    size += part.length;
    if (size <= BODY_LIMIT) chunks.push(part);
  }
  if (size > BODY_LIMIT) return undefined;
  const origin = `http://${incoming.headers.host ?? "localhost"}`;
  const url = new URL(incoming.url ?? "/", origin);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return {
    sandbox: host.sandbox,
    region: host.region,
    origin,
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
    params: {},
    requestId: randomUUID(),
  };
}

async function write(response: ServerResponse, reply: Reply, requestId: string): Promise<void> {
  response.writeHead(reply.status, { "x-amzn-requestid": requestId, ...reply.headers });
  if (reply.body instanceof Readable) {
    await pipeline(reply.body, response).catch(() => response.destroy());
    return;
  }
  response.end(reply.body ?? "");
  await finished(response).catch(() => {});
}
