// What is refused before any page or operation sees it.
import type { RequestHandler, Response } from "express";
import { verifyOrigin } from "./identity";

/** Forms and API bodies are small: a larger one is not read. */
export const largestBody = 512 * 1024;

/** A body must say its length, and may not exceed the cap: it would otherwise be read into memory, whoever sends it. */
export const limitBody: RequestHandler = (request, response, next) => {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (encoding !== undefined && length === undefined) {
    refuse(response, 411, {
      message: "The request does not say how long its body is.",
      remedy: "Send content-length.",
    });
  } else if (Number(length ?? 0) > largestBody) {
    refuse(response, 413, { message: `The body is longer than ${largestBody} bytes.`, remedy: "Send less at a time." });
  } else {
    next();
  }
};

/** Cookies travel with cross-site form posts of old browsers: whatever changes something must come from our own pages. */
export function sameOrigin(publicUrl: string): RequestHandler {
  return (request, response, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(request.method) || verifyOrigin(request.headers, publicUrl)) {
      next();
      return;
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
