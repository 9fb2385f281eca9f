// One handler for every resource: route, identify, check the read permission, run, answer.
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Command } from "../core/command";
import type { Ctx } from "../core/context";
import { AppError, notFound, statusOf } from "../core/errors";
import type { Log } from "../core/log";
import { requireRead } from "../core/query";
import type { Resource } from "../core/resource";
import { errorBody, toAppError } from "./error-body";
import type { ApiAnswer, ApiRequest } from "./exchange";
import { exportList } from "./lists/export-list";
import type { Operation } from "./lists/operation";
import { listOperations } from "./lists/operations";
import { openApiDocument } from "./openapi";
import { resources } from "./resources";
import { parseListQuery } from "./simple-rest";

export interface ApiSource {
  log: Log;
  publicUrl: string;
  requestId?: string;
  /** The ctx of the request's session; null when nobody is signed in. */
  identify(requestId: string): Promise<Ctx | null>;
  /** Told of everything that was refused to somebody who is signed in. */
  refused?(ctx: Ctx, error: unknown): Promise<void>;
}

interface Call {
  ctx: Ctx;
  request: ApiRequest;
}

const bodyCap = 256 * 1024;
/** A file in JSON, with its quotes and line ends escaped. */
const importCap = 3 * 1024 * 1024;

/** @param path what follows /api/v1/, e.g. `accounts/assign` */
export async function handleApi(source: ApiSource, request: ApiRequest, path: string): Promise<ApiAnswer> {
  const requestId = source.requestId ?? randomUUID();
  const log = source.log.child({ requestId });
  try {
    if (path === "openapi.json" && request.method === "GET") return json(openApiDocument(source.publicUrl), 200);
    const ctx = await source.identify(requestId);
    if (!ctx) {
      throw new AppError("unauthenticated", "You are not signed in.", { remedy: "Sign in and try again." });
    }
    try {
      return await route({ ctx, request }, path);
    } catch (error) {
      await source.refused?.(ctx, error);
      throw error;
    }
  } catch (error) {
    return errorAnswer(toAppError(error, log), requestId);
  }
}

export function errorAnswer(error: AppError, requestId: string): ApiAnswer<string> {
  const headers: Record<string, string> = {
    ...(error.retryAfterSeconds ? { "retry-after": String(Math.ceil(error.retryAfterSeconds)) } : {}),
    ...(error.code === "limit" ? { "content-type": "application/problem+json; charset=utf-8" } : {}),
  };
  return json(errorBody(error, requestId), statusOf(error.code), headers);
}

async function route(call: Call, path: string): Promise<ApiAnswer> {
  const [name, first, second, ...rest] = path.split("/").map(decode);
  const resource = resources.find((known) => known.name === name);
  if (!resource || rest.length > 0) throw notFound("This address");
  const { method } = call.request;
  if (first === undefined) {
    if (method === "GET" && resource.list) return list(call, resource);
    if (method === "POST" && resource.create) return run(call, resource.create, {}, 201);
    const { change } = listOperations(resource);
    if (method === "PATCH" && change) return runMany(call, change);
  } else if (second === undefined) {
    const { bulk, import: importing } = listOperations(resource);
    if (method === "GET" && resource.list && first === "export") {
      return exportList(call.ctx, { resource, all: resources, params: call.request.params });
    }
    if (method === "POST" && first === "bulk" && bulk) return runMany(call, bulk);
    if (method === "POST" && first === "import" && importing) return runMany(call, importing, importCap);
    if (method === "GET" && resource.get) return get(call, resource, first);
    if (method === "PATCH" && resource.update) return run(call, resource.update, { id: first });
    if (method === "DELETE" && resource.remove) return run(call, resource.remove, { id: first });
    const action = own(resource.collectionActions, first);
    if (method === "POST" && action) return run(call, action, {});
  } else {
    const action = own(resource.actions, second);
    if (method === "POST" && action) return run(call, action, { id: first });
  }
  throw new AppError("not_found", `${method} is not offered at this address.`, {
    remedy: "The document at /api/v1/openapi.json lists what is.",
  });
}

/** An address may spell what every object inherits, such as `constructor`. */
const own = (actions: Record<string, Command> | undefined, name: string): Command | undefined =>
  actions && Object.hasOwn(actions, name) ? actions[name] : undefined;

async function list({ ctx, request }: Call, resource: Resource): Promise<ApiAnswer> {
  const spec = resource.list;
  if (!spec) throw notFound("This list");
  requireRead(ctx, spec.permission, "anyBrand");
  const query = parseListQuery(request.params, spec);
  const { items, total } = await ctx.tx((tx) => spec.run(tx, query));
  return json(items, 200, { "x-total-count": String(total) });
}

async function get({ ctx }: Call, resource: Resource, id: string): Promise<ApiAnswer> {
  const spec = resource.get;
  if (!spec) throw notFound("This record");
  requireRead(ctx, spec.permission, "anyBrand");
  return json(await ctx.tx((tx) => spec.run(tx, id)), 200);
}

async function run(call: Call, command: Command, extra: { id?: string }, status = 200): Promise<ApiAnswer> {
  const body = await readBody(call.request);
  const result = await command(call.ctx, { ...body, ...extra });
  return json(result ?? {}, status);
}

/** One answer a record. */
async function runMany({ ctx, request }: Call, operation: Operation<z.ZodType>, cap = bodyCap): Promise<ApiAnswer> {
  return json(await operation(ctx, await readBody(request, cap)), 207);
}

async function readBody(request: ApiRequest, cap = bodyCap): Promise<object> {
  const text = await request.text();
  if (text.length > cap) throw new AppError("malformed", `The body is longer than ${cap} bytes.`);
  if (text === "") return {};
  if (!/^application\/json\b/.test(request.contentType)) {
    throw new AppError("malformed", "The body must be JSON.", { remedy: "Send content-type: application/json." });
  }
  const body: unknown = parseJson(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("malformed", "The body must be a JSON object.");
  }
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("malformed", "The body is not valid JSON.", { remedy: "Check quotes, commas and brackets." });
  }
}

function decode(segment: string): string {
  try {
    const text = decodeURIComponent(segment);
    if (!text.includes("\0")) return text;
  } catch {
    // As for any other address that names nothing.
  }
  throw notFound("This address");
}

function json(body: unknown, status: number, headers: Record<string, string> = {}): ApiAnswer<string> {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
    body: textOf(body),
  };
}

/** Whole numbers of any size. A replacer is called for each value, so only where there are some. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch {
    return JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  }
}
