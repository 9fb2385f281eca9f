// Who calls the API: a key where the request carries one, else the person whose session it is; and whether they may call once more now.
import type { Request, RequestHandler, Response } from "express";
import type { ApiAnswer, ApiRequest } from "./api/exchange";
import { type ApiSource, errorAnswer, handleApi } from "./api/handle";
import { makeContext } from "./context";
import type { Ctx, Origin } from "./core/context";
import { AppError } from "./core/errors";
import { bearerOf, keyInAddress } from "./guards";
import { placeOf } from "./identity";
import { type InboundLimits, type Quota, quotaHeaders } from "./inbound-limits";
import type { Product } from "./product";
import { acceptKey } from "./workspace";

declare global {
  namespace Express {
    interface Locals {
      admission?: Promise<Admission>;
    }
  }
}

interface Admission {
  /** Null: nobody is known. @throws {AppError} where a key is refused */
  caller(): Promise<Ctx | null>;
  /** Set where the limit is reached. */
  refusal: AppError | null;
}

export interface CallerSource {
  product: Product;
  limits: InboundLimits;
  /** The ctx of the request's session. */
  session(request: Request, response: Response): Promise<Ctx | null>;
}

export const apiPath = /^\/api\/v1(\/|$)/i;

/** Counts each call of the API once, and says on the answer, whatever it will be, how many are left. */
export function admitCalls(source: CallerSource): RequestHandler {
  return (request, response, next) => {
    response.locals.admission = admitCall(source, request, response);
    response.locals.admission.then(() => next(), next);
  };
}

async function admitCall(source: CallerSource, request: Request, response: Response): Promise<Admission> {
  const bearer = bearerOf(request);
  const looked =
    bearer === null ? source.session(request, response) : keyCaller(source.product, bearer, { request, response });
  const caller = await looked.catch(() => null);
  const quotas = await quotasOf(source.limits, caller, request.ip ?? "");
  response.set(quotaHeaders(quotas));
  return { caller: () => looked, refusal: refusalOf(quotas, caller) };
}

async function keyCaller(
  product: Product,
  key: string,
  { request, response }: { request: Request; response: Response },
): Promise<Ctx> {
  const origin: Origin = {
    ip: request.ip ?? "",
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
  };
  const { requestId } = response.locals;
  const caller = await acceptKey(product.identity, { key, origin, requestId });
  return makeContext(product, { ...caller, requestId, origin });
}

/** The limit of the caller, then that of their agency: what one caller may no longer do does not count against the others. */
async function quotasOf(limits: InboundLimits, caller: Ctx | null, ip: string): Promise<Quota[]> {
  if (!caller) return [await limits.take("anonymous", placeOf(ip))];
  const { actor, agencyId } = caller;
  const own =
    actor.kind === "key"
      ? await limits.take("key", `${agencyId}:${actor.keyId}`)
      : await limits.take("person", `${agencyId}:${actor.kind === "user" ? actor.userId : actor.kind}`);
  return own.exceeded ? [own] : [own, await limits.take("agency", agencyId)];
}

function refusalOf(quotas: readonly Quota[], caller: Ctx | null): AppError | null {
  const full = quotas.find(({ exceeded }) => exceeded);
  if (!full) return null;
  const whose = { key: "This API key", user: "You" }[caller?.actor.kind as string] ?? "This address";
  const who = full.name === "agency" ? "Your agency" : whose;
  return new AppError("limit", `${who} asked more than ${full.limit} times in ${full.windowSeconds} seconds.`, {
    remedy: `Wait ${full.resetSeconds} seconds, then go on more slowly: the headers RateLimit and RateLimit-Policy say how many requests are left.`,
    retryAfterSeconds: full.resetSeconds,
  });
}

export interface ApiCall extends Pick<ApiSource, "refused"> {
  request: Request;
  response: Response;
  /** The same request as server/api reads it. */
  asked: ApiRequest;
  /** What follows /api/v1/. */
  path: string;
}

/** Runs a call of the API for whoever makes it. */
export async function answerApi(
  product: Product,
  { request, response, asked, path, refused }: ApiCall,
): Promise<ApiAnswer> {
  const { requestId, admission } = response.locals;
  if (!admission) throw new Error("admitCalls was left out");
  const { caller, refusal } = await admission;
  if (keyInAddress(request)) return errorAnswer(keyShown(), requestId);
  if (refusal) return errorAnswer(refusal, requestId);
  const answer = await handleApi(
    { log: product.log, publicUrl: product.env.publicUrl, requestId, identify: caller, refused },
    asked,
    path,
  );
  if (answer.status === 401 && bearerOf(request) !== null) answer.headers["www-authenticate"] = "Bearer";
  return answer;
}

const keyShown = () =>
  new AppError("malformed", "There is an API key in the address. Addresses are kept in logs and histories.", {
    remedy: "Send it in the header Authorization: Bearer …, and rotate this one: it may have been read on the way.",
  });
