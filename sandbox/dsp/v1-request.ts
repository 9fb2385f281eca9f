import { advertiserOf, type Caller, callerOf, type Refuse } from "../accounts/caller";
import { v1Error } from "../reply";
import type { ApiRequest } from "../router";
import type { Advertiser } from "../world/types";

// What all Ads API v1 calls share: headers, JSON body, paging and filters (contracts.md 3.3).

const CODES = { 400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN" } as const;

export const refuseV1: Refuse = (status, message) => v1Error(status, CODES[status], message);

export interface V1Call {
  caller: Caller;
  body: Record<string, unknown>;
  page(limits: { least: number; most: number }): { offset: number; size: number };
  nextToken(offset: number, total: number): { nextToken?: string };
}

export interface V1AccountCall extends V1Call {
  advertiser: Advertiser;
}

export function openV1(request: ApiRequest): V1Call {
  const caller = callerOf(request, "Amazon-Ads-ClientId", refuseV1);
  const body = readBody(request);
  // A token is only good on the operation and account it came from.
  const tokenStem = `${request.path}|${request.headers["amazon-ads-accountid"] ?? ""}`;
  return {
    caller,
    body,
    page(limits) {
      const size = body.maxResults === undefined ? limits.most : body.maxResults;
      if (typeof size !== "number" || !Number.isInteger(size) || size < limits.least || size > limits.most) {
        throw refuseV1(400, `maxResults must be a whole number from ${limits.least} to ${limits.most}`);
      }
      return { offset: readToken(body.nextToken, tokenStem), size };
    },
    nextToken: (offset, total) =>
      offset < total ? { nextToken: Buffer.from(`${tokenStem}|${offset}`).toString("base64url") } : {},
  };
}

export function openV1Account(request: ApiRequest): V1AccountCall {
  const call = openV1(request);
  const id = request.headers["amazon-ads-accountid"];
  if (!id) throw refuseV1(400, "Amazon-Ads-AccountId header is missing");
  return { ...call, advertiser: advertiserOf(request, call.caller, { id, refuse: refuseV1 }) };
}

function readBody(request: ApiRequest): Record<string, unknown> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw v1Error(415, "BAD_REQUEST", "Content-Type must be application/json");
  try {
    const value: unknown = JSON.parse(request.body === "" ? "{}" : request.body);
    if (isRecord(value)) return value;
  } catch {
    // falls through to the refusal
  }
  throw refuseV1(400, "The request body is not a JSON object");
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readToken(token: unknown, stem: string): number {
  if (token === undefined || token === null || token === "") return 0;
  const text = typeof token === "string" ? Buffer.from(token, "base64url").toString("utf8") : "";
  const at = text.lastIndexOf("|");
  const offset = Number(text.slice(at + 1));
  if (text.slice(0, at) !== stem || !Number.isInteger(offset)) throw refuseV1(400, "nextToken is invalid");
  return offset;
}

export interface FilterRule {
  most: number;
  allowed?: readonly string[];
  required?: boolean;
}

/** Reads `{name: {include: [...]}}` filters; an undocumented field is refused, so that a misspelt one cannot pass unseen. */
export function readFilters(
  body: Record<string, unknown>,
  rules: Record<string, FilterRule>,
): Record<string, string[] | undefined> {
  const filters: Record<string, string[] | undefined> = {};
  for (const name of Object.keys(body)) {
    if (name !== "maxResults" && name !== "nextToken" && !(name in rules))
      throw refuseV1(400, `Unknown field: ${name}`);
  }
  for (const [name, rule] of Object.entries(rules)) {
    const filter = body[name];
    if (filter === undefined) {
      if (rule.required) throw refuseV1(400, `${name} is required`);
      continue;
    }
    const include = isRecord(filter) ? filter.include : undefined;
    if (!Array.isArray(include) || include.length === 0 || !include.every((item) => typeof item === "string")) {
      throw refuseV1(400, `${name}.include must be a list of strings`);
    }
    if (include.length > rule.most) throw refuseV1(400, `${name}.include has more than ${rule.most} values`);
    const wrong = rule.allowed && include.find((item) => !rule.allowed?.includes(item));
    if (wrong !== undefined) throw refuseV1(400, `${name}.include has an invalid value: ${wrong}`);
    filters[name] = include;
  }
  return filters;
}
