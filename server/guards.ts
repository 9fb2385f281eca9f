// What is refused before any page or operation sees it.
import type { Request, RequestHandler, Response } from "express";
import { keyPattern } from "./core/log";
import { verifyOrigin } from "./identity";
import { addressUnder, type KnownDomains } from "./workspace";
import { mostLogoBytes } from "./workspace/theme-contract";

/** Forms and API bodies are small: a larger one is not read. */
export const largestBody = 512 * 1024;
/** Files of rows are larger: 2 MB, as JSON. */
const largestImport = 3 * 1024 * 1024;

function largestOf({ path }: Request): number {
  if (/^\/themes\/[^/]+\/logo$/.test(path)) return mostLogoBytes;
  return /^\/api\/v1\/[\w-]+\/import$/.test(path) ? largestImport : largestBody;
}

/** A body must say its length, and may not exceed the cap: it would otherwise be read into memory, whoever sends it. */
export const limitBody: RequestHandler = (request, response, next) => {
  const largest = largestOf(request);
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (encoding !== undefined && length === undefined) {
    refuse(response, 411, {
      message: "The request does not say how long its body is.",
      remedy: "Send content-length.",
    });
  } else if (Number(length ?? 0) > largest) {
    refuse(response, 413, { message: `The body is longer than ${largest} bytes.`, remedy: "Send less at a time." });
  } else {
    next();
  }
};

/** What the header Authorization: Bearer carries. Such a call has no session: its cookies are not looked at. */
export function bearerOf({ headers }: Pick<Request, "headers">): string | null {
  return /^bearer +(\S*)/i.exec(headers.authorization ?? "")?.[1] ?? null;
}

/** A browser sends no key by itself, so nobody else's page can make it do so. */
const bringsKey = (request: Request): boolean => request.path.startsWith("/api/v1/") && bearerOf(request) !== null;

/** Whether an API key stands in the address, where logs and histories keep it. */
export const keyInAddress = ({ originalUrl }: Pick<Request, "originalUrl">): boolean =>
  new RegExp(keyPattern.source).test(originalUrl);

/**
 * Cookies travel with cross-site form posts of old browsers: whatever changes something must come from our own pages. Under
 * a client's own host name these are the pages of that host, and no others.
 */
export function sameOrigin(publicUrl: string, domains: KnownDomains): RequestHandler {
  return async (request, response, next) => {
    try {
      if (["GET", "HEAD", "OPTIONS"].includes(request.method) || bringsKey(request)) return next();
      const place = await domains.find(request.hostname);
      const own = place ? addressUnder(publicUrl, place.host) : publicUrl;
      if (verifyOrigin(request.headers, own)) return next();
    } catch (error) {
      return next(error);
    }
    refuse(response, 403, {
      message: "This request does not come from Tidemark's own pages.",
      remedy: "Open the page at its own address and try again.",
    });
  };
}

function refuse(response: Response, statusCode: number, words: { message: string; remedy: string }): void {
  // The rest of a body that nobody reads ends with the connection.
  response.set("connection", "close");
  response.status(statusCode).json({
    ...words,
    statusCode,
    code: statusCode === 403 ? "forbidden" : "malformed",
    requestId: response.locals.requestId,
  });
}
