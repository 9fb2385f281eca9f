import type { z } from "zod";
import { callerOf } from "../accounts/caller";
import { genericError, json, type Reply, type ReplyError } from "../reply";
import type { ApiRequest } from "../router";
import type { AmazonUser, AmcAccount } from "../world/types";
import type { Instance } from "./book";

// What the AMC calls share: headers, media types, paging and the bodies of refusals (contracts.md 5, 6 and 8).

export const CLIENT_HEADER = "Amazon-Advertising-API-ClientId";
export const TERMS = "Terms and conditions must be accepted to continue";

/** Of administration and reporting: `{code, details}`, the code being the status. */
export const refuseAmc = (status: number, details: string): ReplyError => genericError(status, String(status), details);

export const amcAccountsOf = (request: ApiRequest, user: AmazonUser): AmcAccount[] =>
  request.sandbox.amc.book.accounts.filter((account) => account.userIds.includes(user.id));

/** Which status a missing header, a foreign account or a marketplace that is not the account's has is not recorded. */
export function amcAccountOf(request: ApiRequest): AmcAccount {
  const { user } = callerOf(request, CLIENT_HEADER, refuseAmc);
  const id = required(request, "Amazon-Advertising-API-AdvertiserId");
  const marketplaceId = required(request, "Amazon-Advertising-API-MarketplaceId");
  const account = amcAccountsOf(request, user).find((candidate) => candidate.accountId === id);
  if (!account) throw refuseAmc(401, `Not authorized to access account ${id}`);
  if (account.marketplaceId !== marketplaceId) throw refuseAmc(400, `${id} has no marketplace ${marketplaceId}`);
  if (!request.sandbox.amc.book.termsAccepted(id)) throw refuseAmc(403, TERMS);
  return account;
}

function required(request: ApiRequest, name: string): string {
  const value = request.headers[name.toLowerCase()];
  if (!value) throw refuseAmc(400, `${name} header is missing`);
  return value;
}

/** The instance named in the path, of the account named in the headers. */
export function instanceOf(request: ApiRequest): { account: AmcAccount; instance: Instance } {
  const account = amcAccountOf(request);
  const id = request.params.instanceId ?? "";
  const instance = request.sandbox.amc.book.find(id);
  if (!instance || instance.accountId !== account.accountId) throw refuseAmc(404, `Instance ${id} not found`);
  return { account, instance };
}

/** An instance that queries can run on. */
export function readyInstanceOf(request: ApiRequest): Instance {
  const { instance } = instanceOf(request);
  const status = request.sandbox.amc.book.creationStatus(instance);
  if (status !== "COMPLETED") throw refuseAmc(400, `Instance ${instance.instanceId} is ${status}`);
  return instance;
}

export type RefuseAs = (status: number, text: string) => ReplyError;

/** The JSON body in its documented shape; fields that are not documented are refused. */
export function bodyOf<T extends z.ZodType>(
  request: ApiRequest,
  { shape, refuse = refuseAmc }: { shape: T; refuse?: RefuseAs },
): z.output<T> {
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/vnd\.amc[a-z]+\.v[\d.]+\+json$/.test(type)) {
    throw refuse(415, `Content-Type ${type} is not supported`);
  }
  let value: unknown;
  try {
    value = JSON.parse(request.body === "" ? "{}" : request.body);
  } catch {
    throw refuse(400, "The body is not valid JSON");
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refuse(400, `${issue?.path.join(".") || "body"}: ${issue?.message}`);
}

/** The resource's own media type and plain JSON are both taken, and answered in the one that was asked for. */
export function answerAs(request: ApiRequest, of: { types: string[]; body: object; refuse: RefuseAs }): Reply {
  const asked = (request.headers.accept ?? "*/*").split(",").map((part) => part.split(";")[0]?.trim() ?? "");
  const own = of.types.find((type) => asked.includes(type));
  if (own) return json(200, of.body, own);
  if (asked.some((type) => ["*/*", "application/*", "application/json"].includes(type))) return json(200, of.body);
  throw of.refuse(406, "The Accept header names no type that can be produced");
}

export interface Page<T> {
  items: T[];
  nextToken: string | null;
}

/** `size` is the query parameter that says how many; null at the end, as recorded. */
export function pageOf<T>(
  request: ApiRequest,
  all: T[],
  { size, refuse }: { size: "limit" | "maxResults"; refuse: RefuseAs },
): Page<T> {
  const text = request.query.get(size) ?? "100";
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > 100) throw refuse(400, `${size} must be between 1 and 100`);
  const token = request.query.get("nextToken");
  const place = token === null ? "0" : Buffer.from(token, "base64url").toString("utf8");
  if (!/^\d+$/.test(place)) throw refuse(400, "nextToken is invalid");
  const start = Number(place);
  const end = start + limit;
  const nextToken = end < all.length ? Buffer.from(String(end)).toString("base64url") : null;
  return { items: all.slice(start, end), nextToken };
}
