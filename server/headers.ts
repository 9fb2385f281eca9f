// Security headers of every answer; the nonce is new for each.

import { randomBytes, randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import helmet from "helmet";

declare global {
  namespace Express {
    interface Locals {
      cspNonce: string;
      requestId: string;
    }
  }
}

/** Gives each request an id (shown in errors and logs) and a nonce. */
export const requestIdentity: RequestHandler = (_request, response, next) => {
  response.locals.cspNonce = randomBytes(16).toString("base64");
  response.locals.requestId = randomUUID();
  response.setHeader("x-request-id", response.locals.requestId);
  next();
};

export function securityHeaders(options: {
  https: boolean;
  development: boolean;
  consentOrigins: string[];
}): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: false,
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: "same-origin" },
      crossOriginResourcePolicy: { policy: "same-origin" },
      referrerPolicy: { policy: "strict-origin-when-cross-origin" },
      xFrameOptions: { action: "deny" },
      strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    }),
    (_request, response, next) => {
      response.setHeader("content-security-policy", policy(response.locals.cspNonce, options));
      response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
      next();
    },
  ];
}

/**
 * What a person was shown is kept nowhere, unless the answer says otherwise itself. Data that a page fetches ahead of a
 * click (`_data`) must survive until the click, in that browser only.
 */
export const keepPrivate: RequestHandler = (request, response, next) => {
  const writeHead = response.writeHead as (...given: unknown[]) => typeof response;
  response.writeHead = (...given: unknown[]) => {
    if (!response.hasHeader("cache-control")) {
      response.setHeader("cache-control", "_data" in request.query ? "private, no-cache" : "no-store");
    }
    return writeHead.apply(response, given);
  };
  next();
};

/** antd sets style attributes in server-rendered markup, hence style-src-attr; form posts may end in a redirect to Amazon's consent page. */
function policy(
  nonce: string,
  { development, consentOrigins }: { development: boolean; consentOrigins: string[] },
): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    `form-action 'self' ${consentOrigins.join(" ")}`.trim(),
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");
}
