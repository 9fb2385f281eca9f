// The two token requests of Login with Amazon (contracts 1.3, 1.4).
import { z } from "zod";
import { type AmazonError, ClientRejected, GrantRejected, Rejected, UnexpectedShape } from "../errors";
import type { Failure } from "../failures";
import { readShape } from "../json";
import type { Region } from "../regions";
import type { Wire } from "../wire";

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  /** When the request was sent: the life of the access token counts from no later than here. */
  sentAt: Date;
}

export interface ExchangeCode {
  region: Region;
  code: string;
  /** The very string of the authorize request. */
  redirectUri: string;
  codeVerifier: string;
  signal?: AbortSignal;
}

export interface Refresh {
  region: Region;
  refreshToken: string;
  signal?: AbortSignal;
}

const TokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().int().positive(),
});

const clientFaults = ["invalid_client", "unauthorized_client"];

// An outage or a proxy can answer 4xx too: only Amazon's own error codes may say anything about a grant or our client.
function explainToken({ facts, refusal }: Failure): AmazonError | undefined {
  if (facts.status === 429 || facts.status >= 500) return undefined;
  const { code, details } = refusal;
  if (code === "invalid_grant") return new GrantRejected(facts, details);
  if (code && clientFaults.includes(code)) return new ClientRejected(facts, { code, details });
  if (code) return new Rejected(facts, refusal);
  return new UnexpectedShape(facts, "the body", "not an OAuth error");
}

const secretFields = ["refresh_token", "code", "code_verifier"];

interface TokenCall {
  operation: string;
  region: Region;
  fields: Record<string, string>;
  signal?: AbortSignal;
}

async function requestTokens(wire: Wire, { operation, region, fields, signal }: TokenCall): Promise<Tokens> {
  const sentAt = wire.clock();
  return wire.http.call(
    {
      region,
      operation,
      method: "POST",
      url: wire.hosts[region].tokenUrl,
      headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8", accept: "application/json" },
      body: new URLSearchParams({
        ...fields,
        client_id: wire.clientId,
        client_secret: wire.clientSecret,
      }).toString(),
      secrets: [wire.clientSecret, ...secretFields.flatMap((name) => fields[name] ?? [])],
      timeoutMs: wire.tokenTimeoutMs,
      signal,
      explain: explainToken,
    },
    ({ body, facts }) => {
      const reply = readShape(TokenReply, body, facts);
      // A refresh is documented to return the same refresh token; where it returns none, the old one still holds.
      const refreshToken = reply.refresh_token ?? fields.refresh_token;
      if (!refreshToken) throw new UnexpectedShape(facts, "refresh_token", "missing");
      return { accessToken: reply.access_token, refreshToken, expiresInSeconds: reply.expires_in, sentAt };
    },
  );
}

/** Turns a code (single use, five minutes) into tokens. Throws GrantRejected when the code no longer counts. */
export function exchangeCode(wire: Wire, { region, signal, ...input }: ExchangeCode): Promise<Tokens> {
  const fields = {
    grant_type: "authorization_code",
    code: input.code,
    redirect_uri: input.redirectUri,
    code_verifier: input.codeVerifier,
  };
  return requestTokens(wire, { operation: "lwa.exchangeCode", region, fields, signal });
}

/** A new access token. Throws GrantRejected when the consent is gone, ClientRejected when we are the problem. */
export function refreshTokens(wire: Wire, { region, refreshToken, signal }: Refresh): Promise<Tokens> {
  const fields = { grant_type: "refresh_token", refresh_token: refreshToken };
  return requestTokens(wire, { operation: "lwa.refresh", region, fields, signal });
}
