// The HTTP surface: health, live news, the API, files, and Remix for every page.

import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { constants } from "node:zlib";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import { broadcastDevReady } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { errorBody, toAppError } from "./api/error-body";
import { admitCalls, apiPath, type CallerSource } from "./api-caller";
import { apiRoute } from "./api-route";
import { statusOf } from "./core/errors";
import { redactText } from "./core/log";
import { projectRoot } from "./core/project-root";
import { auditFile, receiptFile, writtenFile } from "./downloads";
import { limitBody, sameOrigin } from "./guards";
import { keepPrivate, requestIdentity, securityHeaders } from "./headers";
import { checkReadiness, readHealth } from "./health";
import { type InboundLimits, openInboundLimits } from "./inbound-limits";
import { type LiveHub, startLive } from "./live";
import { admit, identifyAnew, loadContext, notSignedIn, refusalsRecorded } from "./load-context";
import type { Product } from "./product";

export interface RunningHttp {
  port: number;
  stop(): Promise<void>;
}

const drainMs = 2000;
/** Of gzip a tenth longer than at the usual 6, of brotli a thirtieth than at 4, in half the time. */
const compressed = { level: 3, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } } };

export async function startHttp(product: Product, build: ServerBuild): Promise<RunningHttp> {
  const live = await startLive(product.database, product.log);
  const state = { draining: false };
  const { apiLimits, redisUrl } = product.env;
  const limits = await openInboundLimits({ limits: apiLimits, redisUrl, log: product.log });
  const app = createApp(product, build, { live, limits, state });
  const server = createServer(app);
  await listen(server, product.env);
  if (!product.env.production) await broadcastDevReady(build);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : product.env.port,
    async stop() {
      state.draining = true;
      live.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(timer);
      await limits.close();
    },
  };
}

function listen(server: Server, env: Product["env"]): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(env.port, env.host, done);
  });
}

interface Parts {
  live: LiveHub;
  limits: InboundLimits;
  state: { draining: boolean };
}

function createApp(product: Product, build: ServerBuild, { live, limits, state }: Parts): Express {
  const { env, log } = product;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", env.trustProxy);
  app.use(requestIdentity, requestLog(product));
  app.use(
    securityHeaders({
      https: env.publicUrl.startsWith("https://"),
      development: !env.production,
      consentOrigins: Object.values(env.amazon.hosts).map((host) => new URL(host.authorizeUrl).origin),
    }),
  );
  healthRoutes(app, product, state);
  app.get("/live", liveRoute(product, live));
  app.use(compression(compressed));
  const session: CallerSource["session"] = async (request, response) =>
    (await admit(product, request, response))?.ctx ?? null;
  const guards = [limitBody, sameOrigin(env.publicUrl, product.domains)];
  // Before the files, which ask the disk about each address.
  app.all(apiPath, keepPrivate, admitCalls({ product, limits, session }), ...guards, apiRoute(product));
  const publicDir = join(projectRoot(), "public");
  app.use("/build", express.static(join(publicDir, "build"), { immutable: true, maxAge: "1y", index: false }));
  app.use(express.static(publicDir, { maxAge: "1h", index: false }));
  app.use(keepPrivate, guards);
  app.get("/exports/audit-events", auditFile(product));
  app.get("/exports/files/:id", writtenFile(product));
  app.get("/exports/receipts/:id", receiptFile(product));
  app.all(
    "*",
    createRequestHandler({
      build,
      mode: env.production ? "production" : "development",
      getLoadContext: (request, response) => loadContext(product, request, response),
    }),
  );
  app.use(errors(product));
  log.debug("routes ready");
  return app;
}

function requestLog({ log }: Product): RequestHandler {
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    response.on("finish", () => {
      const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
      const level = response.statusCode >= 500 ? "warn" : "debug";
      log[level](
        {
          requestId: response.locals.requestId,
          method: request.method,
          path: redactText(request.path),
          status: response.statusCode,
          ms: Math.round(ms),
        },
        "request",
      );
    });
    next();
  };
}

function healthRoutes(app: Express, product: Product, state: { draining: boolean }): void {
  app.get("/livez", (_request, response) => {
    response.json({ alive: true });
  });
  app.get("/readyz", async (_request, response) => {
    const readiness = await checkReadiness(product.database, state.draining);
    response.status(readiness.ready ? 200 : 503).json(readiness);
  });
  app.get("/healthz", keepPrivate, async (request, response, next) => {
    try {
      const session = await admit(product, request, response);
      if (!session) throw notSignedIn();
      const health = () => readHealth(product.database, session.ctx, state.draining);
      response.json(await refusalsRecorded(session.ctx, request, health));
    } catch (error) {
      next(error);
    }
  });
}

function liveRoute(product: Product, live: LiveHub): RequestHandler {
  return async (request, response, next) => {
    const watcher = async () => {
      const session = await identifyAnew(product, request, response);
      if (!session || session.viewer.secondFactorMissing) return null;
      return { agencyId: session.ctx.agencyId, allBrands: session.ctx.brandIds === "all" };
    };
    try {
      const who = await watcher();
      if (who) live.attach(response, who, watcher);
      else response.status(401).end();
    } catch (error) {
      next(error);
    }
  };
}

function errors(product: Product): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const known = toAppError(error, product.log);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (known.retryAfterSeconds) response.setHeader("retry-after", String(known.retryAfterSeconds));
    response.status(statusOf(known.code)).json(errorBody(known, response.locals.requestId));
  };
}
