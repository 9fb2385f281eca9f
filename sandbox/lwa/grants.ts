import { randomBytes } from "node:crypto";
import type { StateFile } from "../state";

// Codes, consents and tokens that were handed out.

export interface Grant {
  refreshToken: string;
  userId: string;
  clientId: string;
  scopes: string[];
  createdAt: number;
  revoked: boolean;
  /** the one /_sandbox/credentials hands out */
  handedOut?: boolean;
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  redirectUri: string;
  userId: string;
  scopes: string[];
  challenge?: string;
  challengeMethod: "S256" | "plain";
  expiresAt: number;
  used: boolean;
}

interface AccessToken {
  token: string;
  refreshToken: string;
  expiresAt: number;
}

export interface GrantState {
  grants: Grant[];
  codes: AuthorizationCode[];
  accessTokens: AccessToken[];
}

export interface Grants {
  issueCode(code: Omit<AuthorizationCode, "code" | "used">): string;
  findCode(code: string): AuthorizationCode | undefined;
  redeemCode(code: AuthorizationCode): Grant;
  addGrant(grant: Pick<Grant, "userId" | "clientId" | "scopes" | "handedOut">): Grant;
  findGrant(refreshToken: string): Grant | undefined;
  handedOut(): Grant | undefined;
  issueAccess(grant: Grant, lifeSeconds: number): string;
  /** undefined when unknown, expired or revoked */
  grantOfAccess(token: string): Grant | undefined;
  revoke(which: { userId?: string | undefined; refreshToken?: string | undefined }): number;
  state(): GrantState;
}

export function createGrants(saved: GrantState | undefined, now: () => number, file: Pick<StateFile, "flush">): Grants {
  const grants = new Map((saved?.grants ?? []).map((grant) => [grant.refreshToken, grant]));
  const codes = new Map((saved?.codes ?? []).map((code) => [code.code, code]));
  const accessTokens = new Map((saved?.accessTokens ?? []).map((token) => [token.token, token]));
  const addGrant: Grants["addGrant"] = (part) => {
    const grant: Grant = { ...part, refreshToken: token("Atzr|IwEB"), createdAt: now(), revoked: false };
    grants.set(grant.refreshToken, grant);
    file.flush();
    return grant;
  };
  return {
    addGrant,
    issueCode(part) {
      for (const code of codes.values()) if (code.expiresAt < now() - 3_600_000) codes.delete(code.code);
      const code = randomBytes(15).toString("base64url");
      codes.set(code, { ...part, code, used: false });
      file.flush();
      return code;
    },
    findCode: (code) => codes.get(code),
    redeemCode(code) {
      code.used = true;
      return addGrant({ userId: code.userId, clientId: code.clientId, scopes: code.scopes });
    },
    findGrant: (refreshToken) => grants.get(refreshToken),
    handedOut: () => [...grants.values()].find((grant) => grant.handedOut && !grant.revoked),
    issueAccess(grant, lifeSeconds) {
      for (const known of accessTokens.values()) if (known.expiresAt < now()) accessTokens.delete(known.token);
      const access = {
        token: token("Atza|IwEB"),
        refreshToken: grant.refreshToken,
        expiresAt: now() + lifeSeconds * 1000,
      };
      accessTokens.set(access.token, access);
      file.flush();
      return access.token;
    },
    grantOfAccess(text) {
      const access = accessTokens.get(text);
      if (!access || access.expiresAt <= now()) return undefined;
      const grant = grants.get(access.refreshToken);
      return grant && !grant.revoked ? grant : undefined;
    },
    revoke(which) {
      let count = 0;
      for (const grant of grants.values()) {
        if (grant.revoked || (grant.userId !== which.userId && grant.refreshToken !== which.refreshToken)) continue;
        grant.revoked = true;
        count += 1;
      }
      file.flush();
      return count;
    },
    state: () => ({
      grants: [...grants.values()],
      codes: [...codes.values()],
      accessTokens: [...accessTokens.values()],
    }),
  };
}

const token = (prefix: string): string => prefix + randomBytes(48).toString("base64url");
