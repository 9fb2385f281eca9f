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
