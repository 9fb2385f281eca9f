// /api/v1/*, from Express to server/api and back (decision 049).
import { text } from "node:stream/consumers";
import type { Request, RequestHandler, Response } from "express";
import type { ApiAnswer, ApiRequest } from "./api/exchange";
import { answerApi } from "./api-caller";
import { AppError } from "./core/errors";
import { renewSession } from "./identity";
import { denied } from "./load-context";
import type { Product } from "./product";
import { sendBytes } from "./send-bytes";

/** After these the session goes on under a new token. */
const renewing = ["change-password", "confirm-totp", "add-passkey", "prove"].map((action) => `profile/me/${action}`);

export function apiRoute(product: Product): RequestHandler {
  return async (request, response, next) => {
    try {
      await send(response, await answer(product, request, response));
    } catch (error) {
      next(error);
    }
  };
}

async function answer(product: Product, request: Request, response: Response): Promise<ApiAnswer> {
  const path = request.path.replace(/^\/api\/v1\/?/i, "").replace(/\/$/, "");
  const answered = await answerApi(product, {
    request,
    response,
    asked: askedIn(request),
    path,
    refused: (ctx, error) => denied(ctx, request, error),
  });
  if (answered.status < 300 && renewing.includes(decodeURIComponent(path))) {
    const cookie = await renewSession(product.identity, request.headers.cookie);
    if (cookie) response.append("set-cookie", cookie);
  }
  return answered;
}

const askedIn = (request: Request): ApiRequest => ({
  method: request.method,
  params: new URL(request.originalUrl, "http://localhost").searchParams,
  contentType: request.headers["content-type"] ?? "",
  text: () => text(request).catch(brokenOff),
});

/** Whoever closes the window in the middle of an upload: nobody is there to read the answer. */
function brokenOff(): never {
  throw new AppError("malformed", "The body broke off.");
}

async function send(response: Response, { status, headers, body }: ApiAnswer): Promise<void> {
  response.status(status).set(headers);
  if (typeof body === "string") response.end(body);
  else await sendBytes(response, body);
}
