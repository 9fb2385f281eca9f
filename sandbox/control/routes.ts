import { z } from "zod";
import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import { isDay } from "../world/calendar";
import type { Control } from "./control";

// The control API over HTTP: /_sandbox/* on every regional host.

const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)), "must be an ISO moment");
const day = z.string().refine(isDay, "must be YYYY-MM-DD");
const amount = z.number().nonnegative();

const ClockBody = z.strictObject({
  now: moment.optional(),
  advanceSeconds: z.number().optional(),
  advanceDays: z.number().optional(),
  frozen: z.boolean().optional(),
});

const FaultBody = z.strictObject({
  path: z.string().min(1),
  method: z.string().optional(),
  region: z.enum(["NA", "EU", "FE"]).optional(),
  times: z.number().int().positive().optional(),
  share: z.number().min(0).max(1).optional(),
  status: z.number().int().min(200).max(599).optional(),
  delayMs: amount.optional(),
  drop: z.boolean().optional(),
  malformed: z.boolean().optional(),
  retryAfter: amount.optional(),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  bodyBytes: z.number().int().nonnegative().max(64_000_000).optional(),
  dripMs: amount.optional(),
  afterEffect: z.boolean().optional(),
});

const TermsBody = z.strictObject({ accountId: z.string(), accepted: z.boolean() });

const RevokeBody = z
  .strictObject({ userId: z.string().optional(), refreshToken: z.string().optional() })
  .refine((body) => body.userId !== undefined || body.refreshToken !== undefined, "give userId or refreshToken");

const SettingsBody = z.strictObject({
  reportDelaySeconds: amount.optional(),
  duplicateWindowSeconds: amount.optional(),
  urlExpirySeconds: amount.optional(),
  accessTokenSeconds: amount.optional(),
  amcRunSeconds: amount.optional(),
  amcSetupSeconds: amount.optional(),
  amcUrlExpirySeconds: amount.optional(),
  amcSameInputLimit: amount.optional(),
  /** null: consents end no more */
  consentDays: amount.nullable().optional(),
  rateLimits: z
    .array(
      z.strictObject({
        path: z.string(),
        capacity: amount,
        refillPerSecond: amount,
        retryAfterSeconds: amount.optional(),
      }),
    )
    .optional(),
});

const TruthInput = z.strictObject({
  advertiserId: z.string(),
  startDate: day,
  endDate: day,
  by: z.enum(["total", "day", "campaign", "adGroup", "ad"]).optional(),
  campaignId: z.string().optional(),
  asOf: moment.optional(),
});

const CallsInput = z.strictObject({
  path: z.string().optional(),
  operation: z.string().optional(),
  region: z.string().optional(),
  since: z.string().optional(),
  by: z.enum(["operation", "region", "status", "grant"]).optional(),
});

const MintBody = z.strictObject({ count: z.number().int().min(1).max(100_000), userId: z.string().min(1).optional() });

const tokens = z.array(z.string()).max(100_000).default([]);
const CheckBody = z.strictObject({ refreshTokens: tokens, accessTokens: tokens });

export function controlRoutes(control: Control): Route[] {
  const route = (method: string, path: string, answer: (request: ApiRequest) => unknown): Route => ({
    method,
    path: `/_sandbox${path}`,
    operation: "control",
    handle: async (request): Promise<Reply> => json(200, await answer(request)),
  });
  return [
    { method: "GET", path: "/", operation: "control", handle: () => json(200, { sandbox: "Tidemark's local Amazon" }) },
    route("GET", "/clock", () => control.clock.read()),
    route("POST", "/clock", (request) => control.clock.set(bodyOf(ClockBody, request))),
    route("GET", "/faults", () => control.faults.list()),
    route("POST", "/faults", (request) => control.faults.add(bodyOf(FaultBody, request))),
    route("DELETE", "/faults", (request) => {
      control.faults.clear(request.query.get("id") ?? undefined);
      return control.faults.list();
    }),
    route("GET", "/calls", (request) => {
      const filter = parse(CallsInput, Object.fromEntries(request.query));
      return {
        calls: control.calls.list(filter),
        counts: control.calls.counts(filter),
        reportCreates: control.calls.reportCreates(filter),
      };
    }),
    route("DELETE", "/calls", () => {
      control.calls.clear();
      return { calls: [], counts: {}, reportCreates: {} };
    }),
    route("GET", "/truth", (request) => {
      const truth = control.truth(parse(TruthInput, Object.fromEntries(request.query)));
      if (!truth) throw new ReplyError(json(404, { message: "no such advertiser" }));
      return truth;
    }),
    route("GET", "/effects", async (request) => {
      const effects = await control.effects(request.query.get("advertiserId") ?? "");
      if (!effects) throw new ReplyError(json(404, { message: "no such advertiser" }));
      return effects;
    }),
    route("POST", "/amc/terms", (request) => control.amc.acceptTerms(bodyOf(TermsBody, request))),
    route("GET", "/amc/runs", () => control.amc.runs()),
    route("POST", "/revoke", (request) => ({ revoked: control.revoke(bodyOf(RevokeBody, request)) })),
    route("POST", "/grants", (request) => ({ grants: control.grants.mint(bodyOf(MintBody, request)) })),
    route("POST", "/grants/check", (request) => {
      const { refreshTokens, accessTokens } = bodyOf(CheckBody, request);
      return {
        refreshTokens: refreshTokens.map((refreshToken) => control.grants.check({ refreshToken })),
        accessTokens: accessTokens.map((accessToken) => control.grants.check({ accessToken })),
      };
    }),
    route("GET", "/credentials", () => control.credentials()),
    route("GET", "/settings", () => control.settings.read()),
    route("POST", "/settings", (request) => {
      const { consentDays, ...others } = bodyOf(SettingsBody, request);
      const change = consentDays === undefined ? {} : { consentDays: consentDays ?? undefined };
      return control.settings.set({ ...defined(others), ...change });
    }),
    route("GET", "/world", () => control.world()),
  ];
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;

function bodyOf<T extends z.ZodType>(shape: T, request: ApiRequest): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(request.body === "" ? "{}" : request.body);
  } catch {
    throw new ReplyError(json(400, { message: "the body is not JSON" }));
  }
  return parse(shape, value);
}

function parse<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new ReplyError(json(400, { message: problems.join("; ") }));
}
