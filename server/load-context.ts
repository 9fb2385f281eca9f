// What Remix loaders and actions are handed: the signed-in person, and the ctx their operations run with.
import type { Request, Response } from "express";
import { handleApi } from "./api/handle";
import { makeContext } from "./context";
import type { Ctx } from "./core/context";
import { AppError } from "./core/errors";
import { type Health, readHealth } from "./health";
import { findSession, type IdentitySource, type Visitor } from "./identity";
import type { Product } from "./product";
import { loadViewer } from "./workspace";
import type { Viewer } from "./workspace/contract";

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

export const notSignedIn = () =>
  new AppError("unauthenticated", "You are not signed in.", { remedy: "Sign in and try again." });

/** The same as it stands now: for what outlives the moment of the request. */
export async function identifyAnew(product: Product, request: Request, response: Response): Promise<Identified | null> {
  const { requestId } = response.locals;
  const session = await findSession(product.identity, request.headers.cookie);
  if (!session) return null;
  const loaded = await loadViewer(product.identity, session, product.env.amazon.environment);
  if (!loaded) return null;
  return { ctx: makeContext(product, { ...loaded.ctxOptions, requestId }), viewer: loaded.viewer };
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
  api(request: globalThis.Request, path: string): Promise<globalThis.Response>;
};

export function loadContext(product: Product, request: Request, response: Response): PageContext {
  const { cspNonce, requestId } = response.locals;
  const identified = () => identify(product, request, response);
  const page: PageContext["page"] = async (work) => {
    const found = await identified();
    if (!found) throw notSignedIn();
    return work(found.ctx);
  };
  const visitor: Visitor = {
    ip: request.ip ?? "",
    userAgent: request.headers["user-agent"] ?? null,
    requestId,
    cookie: request.headers.cookie ?? null,
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
    api: (apiRequest, path) =>
      handleApi(
        {
          log: product.log,
          publicUrl: product.env.publicUrl,
          requestId,
          identify: async () => (await identified())?.ctx ?? null,
        },
        apiRequest,
        path,
      ),
  };
}
