import { randomBytes } from "node:crypto";
import type { Settings } from "../limits";
import type { StateFile } from "../state";
import { type AccessClaim, createAccessTokens, nameOfRefresh } from "./access-tokens";

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

export interface GrantState {
  grants: Grant[];
  codes: AuthorizationCode[];
  /** what access tokens are signed with, in hex */
  accessKey?: string;
}

type NewGrant = Pick<Grant, "userId" | "clientId" | "scopes" | "handedOut">;

export interface Grants {
  issueCode(code: Omit<AuthorizationCode, "code" | "used">): string;
  findCode(code: string): AuthorizationCode | undefined;
  redeemCode(code: AuthorizationCode): Grant;
  addGrant(grant: NewGrant): Grant;
  addGrants(grants: NewGrant[]): Grant[];
  findGrant(refreshToken: string): Grant | undefined;
  /** how many consents there ever were */
  count(): number;
  handedOut(): Grant | undefined;
  issueAccess(grant: Grant, lifeSeconds: number): string;
  /** undefined when unknown, expired or revoked */
  grantOfAccess(token: string): Grant | undefined;
  /** what an access token stands for, expired or not, and its grant */
  readAccess(token: string): { claim: AccessClaim; grant: Grant } | undefined;
  /** when the consent ends by itself; undefined: never */
  endsAt(grant: Grant): number | undefined;
  revoke(which: { userId?: string | undefined; refreshToken?: string | undefined }): number;
  state(): GrantState;
}

const DAY_MS = 86_400_000;

export interface GrantParts {
  now(): number;
  file: Pick<StateFile, "flush">;
  settings: Pick<Settings, "consentDays">;
}

export function createGrants(saved: GrantState | undefined, parts: GrantParts): Grants {
  const { now, file, settings } = parts;
  const grants = new Map((saved?.grants ?? []).map((grant) => [nameOfRefresh(grant.refreshToken), grant]));
  const codes = new Map((saved?.codes ?? []).map((code) => [code.code, code]));
  const accessKey = saved?.accessKey === undefined ? randomBytes(32) : Buffer.from(saved.accessKey, "hex");
  const access = createAccessTokens(accessKey);
  const addGrants: Grants["addGrants"] = (asked) => {
    const added = asked.map((part) => {
      const grant: Grant = { ...part, refreshToken: refreshToken(), createdAt: now(), revoked: false };
      grants.set(nameOfRefresh(grant.refreshToken), grant);
      return grant;
    });
    file.flush();
    return added;
  };
  const addGrant: Grants["addGrant"] = (part) => addGrants([part])[0] as Grant;
  const readAccess: Grants["readAccess"] = (token) => {
    const claim = access.read(token);
    const grant = claim && grants.get(claim.grant);
    return grant && { claim, grant };
  };
  return {
    addGrant,
    addGrants,
    readAccess,
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
    findGrant: (token) => grants.get(nameOfRefresh(token)),
    count: () => grants.size,
    handedOut: () => [...grants.values()].find((grant) => grant.handedOut && !grant.revoked),
    issueAccess: (grant, lifeSeconds) =>
      access.issue({ grant: nameOfRefresh(grant.refreshToken), expiresAt: now() + lifeSeconds * 1000 }),
    grantOfAccess(token) {
      const found = readAccess(token);
      return found && found.claim.expiresAt > now() && !found.grant.revoked ? found.grant : undefined;
    },
    endsAt: (grant) =>
      settings.consentDays === undefined ? undefined : grant.createdAt + settings.consentDays * DAY_MS,
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
    state: () => ({ grants: [...grants.values()], codes: [...codes.values()], accessKey: accessKey.toString("hex") }),
  };
}

const refreshToken = (): string => `Atzr|IwEB${randomBytes(48).toString("base64url")}`;
