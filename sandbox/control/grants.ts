import type { Grant } from "../lwa/grants";
import type { Sandbox } from "../sandbox";
import { codeOf } from "../world/random";

// Consents without the page, and what became of tokens.

export interface MintSpec {
  count: number;
  /** absent: each consent is of a made-up user of its own */
  userId?: string | undefined;
}

export interface MintedGrant {
  userId: string;
  refreshToken: string;
}

export interface TokenStanding {
  /** whether it was ever handed out */
  known: boolean;
  /** whether the consent was taken back, or has ended by `settings.consentDays` */
  revoked: boolean;
  /** an access token's end; a refresh token's only when consents end by themselves */
  expiresAt?: string;
}

export type TokenAsked = { refreshToken: string } | { accessToken: string };

const SCOPES = ["advertising::campaign_management", "profile"];

export function mintGrants({ world, grants, clients }: Sandbox, spec: MintSpec): MintedGrant[] {
  const clientId = clients[0]?.clientId ?? "";
  const first = grants.count();
  const asked = Array.from({ length: spec.count }, (_, index) => ({
    userId: spec.userId ?? `amzn1.account.${codeOf(28, [world.seed, "minted", first + index])}`,
    clientId,
    scopes: SCOPES,
  }));
  return grants.addGrants(asked).map(({ userId, refreshToken }) => ({ userId, refreshToken }));
}

export function checkToken({ grants, clock }: Sandbox, asked: TokenAsked): TokenStanding {
  const over = (grant: Grant) => grant.revoked || (grants.endsAt(grant) ?? Number.POSITIVE_INFINITY) <= clock.now();
  if ("accessToken" in asked) {
    const found = grants.readAccess(asked.accessToken);
    if (!found) return { known: false, revoked: false };
    return { known: true, revoked: over(found.grant), expiresAt: new Date(found.claim.expiresAt).toISOString() };
  }
  const grant = grants.findGrant(asked.refreshToken);
  if (!grant) return { known: false, revoked: false };
  const endsAt = grants.endsAt(grant);
  return {
    known: true,
    revoked: over(grant),
    ...(endsAt === undefined ? {} : { expiresAt: new Date(endsAt).toISOString() }),
  };
}
