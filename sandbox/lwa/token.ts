import { createHash } from "node:crypto";
import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Client } from "./clients";
import type { AuthorizationCode, Grant } from "./grants";

// POST /auth/o2/token: code or refresh token against an access token. The refresh token never rotates.

export const tokenRoutes: Route[] = [
  { method: "POST", path: "/auth/o2/token", operation: "lwa.token", handle: (request) => answerToken(request) },
];

function answerToken(request: ApiRequest): Reply {
  const form = readForm(request);
  const grantType = required(form, "grant_type");
  if (grantType !== "authorization_code" && grantType !== "refresh_token") {
    throw tokenError(
      400,
      "unsupported_grant_type",
      "The authorization grant type is not supported by the authorization server",
    );
  }
  const client = authenticate(request, form);
  const grant = grantType === "refresh_token" ? refresh(request, client, form) : exchange(request, client, form);
  const { settings, grants } = request.sandbox;
  return {
    ...json(200, {
      access_token: grants.issueAccess(grant, settings.accessTokenSeconds),
      refresh_token: grant.refreshToken,
      token_type: "bearer",
      expires_in: settings.accessTokenSeconds,
    }),
    headers: { "content-type": "application/json;charset=UTF-8", "cache-control": "no-store" },
  };
}

function tokenError(status: number, error: string, description: string): ReplyError {
  return new ReplyError(json(status, { error, error_description: description }));
}

function readForm(request: ApiRequest): URLSearchParams {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw tokenError(400, "invalid_request", "The Content-Type must be application/x-www-form-urlencoded");
  }
  const form = new URLSearchParams(request.body);
  for (const name of new Set(form.keys())) {
    if (form.getAll(name).length > 1) {
      throw tokenError(400, "invalid_request", `The request has a duplicate parameter : ${name}`);
    }
  }
  return form;
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === "") {
    throw tokenError(400, "invalid_request", `The request is missing a required parameter : ${name}`);
  }
  return value;
}

function authenticate(request: ApiRequest, form: URLSearchParams): Client {
  const basic = /^basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const [id, secret] = basic
    ? splitOnce(Buffer.from(basic, "base64").toString("utf8"))
    : [required(form, "client_id"), required(form, "client_secret")];
  const client = request.sandbox.clients.find((candidate) => candidate.clientId === id);
  if (!client || client.clientSecret !== secret) {
    throw tokenError(401, "invalid_client", "Client authentication failed");
  }
  const grantType = form.get("grant_type") ?? "";
  if (!client.grantTypes.includes(grantType)) {
    throw tokenError(400, "unauthorized_client", "The client is not authorized to use this authorization grant type");
  }
  return client;
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(":");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function invalidGrant(parameter: string): ReplyError {
  return tokenError(
    400,
    "invalid_grant",
    `The request has an invalid grant parameter : ${parameter}. User may have revoked or didn't grant the permission.`,
  );
}

function refresh(request: ApiRequest, client: Client, form: URLSearchParams): Grant {
  const { grants, clock } = request.sandbox;
  const grant = grants.findGrant(required(form, "refresh_token"));
  const over = grant && (grants.endsAt(grant) ?? Number.POSITIVE_INFINITY) <= clock.now();
  if (!grant || grant.revoked || over || grant.clientId !== client.clientId) throw invalidGrant("refresh_token");
  return grant;
}

function exchange(request: ApiRequest, client: Client, form: URLSearchParams): Grant {
  const { grants, clock } = request.sandbox;
  const code = grants.findCode(required(form, "code"));
  const redirectUri = required(form, "redirect_uri");
  if (!code || code.used || code.expiresAt <= clock.now() || code.clientId !== client.clientId)
    throw invalidGrant("code");
  if (code.redirectUri !== redirectUri) throw invalidGrant("redirect_uri");
  if (code.challenge !== undefined && !proves(code, required(form, "code_verifier")))
    throw invalidGrant("code_verifier");
  return grants.redeemCode(code);
}

/** PKCE: the verifier, or its SHA-256, must be the challenge that was sent. */
function proves(code: AuthorizationCode, verifier: string): boolean {
  if (code.challengeMethod === "plain") return verifier === code.challenge;
  return createHash("sha256").update(verifier).digest("base64url") === code.challenge;
}
