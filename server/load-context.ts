// What Remix loaders and actions are handed: the signed-in person, and the ctx their operations run with.
import type { Request, Response } from "express";
import { apiPath } from "./api-caller";
import { recordDenied } from "./audit";
import { makeContext } from "./context";
import type { Ctx, Origin } from "./core/context";
import { AppError } from "./core/errors";
import { type Health, readHealth } from "./health";
import { type IdentitySource, type Visitor, withSession } from "./identity";
import type { Product } from "./product";
import { loadViewer, logoFor, type ThemePlace, themeOfPage, themeVersion, uploadLogo } from "./workspace";
import type { BrandTheme, Viewer } from "./workspace/contract";

declare global {
  namespace Express {
    interface Locals {
      identified?: Promise<Identified | null>;
    }
  }
}

export interface Identified {
  ctx: Ctx;
  viewer: Viewer;
}

/** The person whose session cookie the request carries; looked up once a request. */
export function identify(product: Product, request: Request, response: Response): Promise<Identified | null> {
  response.locals.identified ??= identifyAnew(product, request, response);
  return response.locals.identified;
}

/** What somebody may do who has yet to set up the second factor that their agency asks for: just that, and to leave. */
const beforeSecondFactor =
  /^\/((profile|sign-out|switch-agency)(\.data)?|api\/v1\/(profile|passkeys|sessions|places)(\/.*)?)$/;

/** The same, for all but showing who it is. @throws {AppError} second_factor */
export async function admit(product: Product, request: Request, response: Response): Promise<Identified | null> {
  const found = await identify(product, request, response);
  if (!found?.viewer.secondFactorMissing || beforeSecondFactor.test(request.path)) return found;
  throw new AppError("second_factor", `${found.viewer.agency.name} asks for a second factor at sign-in.`, {
    remedy: "Set one up under Profile: codes of an authenticator app, or a passkey.",
  });
}

const originOf = (request: Request): Origin => ({
  ip: request.ip ?? "",
  userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
});

export const notSignedIn = () =>
  new AppError("unauthenticated", "You are not signed in.", { remedy: "Sign in and try again." });

/** The same as it stands now: for what outlives the moment of the request. */
export async function identifyAnew(product: Product, request: Request, response: Response): Promise<Identified | null> {
  const { requestId } = response.locals;
  const { environment } = product.env.amazon;
  const outbox = product.services.mailRoute === "outbox";
  const loaded = await withSession(product.identity, request.headers.cookie, (scope, session) =>
    loadViewer(scope, session, { environment, outbox }, { brands: apiPath.test(request.path) ? "unnamed" : "named" }),
  );
  if (!loaded) return null;
  return {
    ctx: makeContext(product, { ...loaded.ctxOptions, requestId, origin: originOf(request) }),
    viewer: loaded.viewer,
  };
}

/** What the person was refused for want of a permission stays written; the refusal itself is thrown on. */
export async function refusalsRecorded<T>(ctx: Ctx, request: Request, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await denied(ctx, request, error);
    throw error;
  }
}

/** Writes down what was refused for want of a permission. */
export async function denied(ctx: Ctx, { method, path }: Request, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || error.code !== "forbidden") return;
  await recordDenied(ctx, { method, address: path, reason: error.message }).catch((failure) =>
    ctx.log.error({ err: failure }, "a refusal could not be written to the audit log"),
  );
}

/** A type, not an interface: Remix wants an index signature. */
export type PageContext = {
  cspNonce: string;
  requestId: string;
  environment: Viewer["environment"];
  /** For sign-in, sign-out, first run and invitations: operations that need no signed-in person. */
  identity: IdentitySource;
  visitor: Visitor;
  /** The signed-in person, or null. */
  viewer(): Promise<Viewer | null>;
  /** Runs page code as the signed-in person. @throws {AppError} unauthenticated */
  page<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  /** Needs the permission health.read. */
  health(): Promise<Health>;
  look: Look;
};

/** The look of the brand that is looked at. */
interface Look {
  /** Null: the product's own. */
  theme(activeBrand: string | null): Promise<BrandTheme | null>;
  /** A version that is or was in force. */
  version(id: string): Promise<BrandTheme | null>;
  logo(id: string): Promise<Buffer | null>;
  /** Needs themes.write for the brand whose theme it is for. */
  upload(themeId: string, bytes: Buffer): ReturnType<typeof uploadLogo>;
}

export function loadContext(product: Product, request: Request, response: Response): PageContext {
  const { cspNonce, requestId } = response.locals;
  const identified = () => identify(product, request, response);
  const page: PageContext["page"] = async (work) => {
    const found = await admit(product, request, response);
    if (!found) throw notSignedIn();
    return refusalsRecorded(found.ctx, request, () => work(found.ctx));
  };
  const place = async (): Promise<ThemePlace> => {
    const [found, host] = await Promise.all([identified(), product.domains.find(request.hostname)]);
    return { person: found, host };
  };
  const visitor: Visitor = {
    ip: request.ip ?? "",
    userAgent: request.headers["user-agent"] ?? null,
    requestId,
    cookie: request.headers.cookie ?? null,
    hostAgency: async () => (await product.domains.find(request.hostname))?.agencyId ?? null,
  };
  return {
    cspNonce,
    requestId,
    environment: product.env.amazon.environment,
    identity: product.identity,
    visitor,
    viewer: async () => (await identified())?.viewer ?? null,
    page,
    health: () => page((ctx) => readHealth(product.database, ctx)),
    look: {
      theme: async (activeBrand) => themeOfPage(product, await place(), activeBrand),
      version: async (id) => themeVersion(product, await place(), id),
      logo: async (id) => logoFor(product, await place(), id),
      upload: (id, bytes) => page((ctx) => uploadLogo(ctx, { id, bytes })),
    },
  };
}
