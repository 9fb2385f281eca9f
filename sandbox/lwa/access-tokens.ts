import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

// Access tokens carry what they stand for under a signature: nothing is kept for them, however many are issued.

export interface AccessClaim {
  /** the name of the grant it was issued for */
  grant: string;
  expiresAt: number;
}

export interface AccessTokens {
  issue(claim: AccessClaim): string;
  /** undefined when it is none of ours; an expired one is read all the same */
  read(token: string): AccessClaim | undefined;
}

const PREFIX = "Atza|IwEB";
const GRANT_BYTES = 8;
const TIME_BYTES = 6;
const NONCE_BYTES = 13;
const CLAIM_BYTES = GRANT_BYTES + TIME_BYTES + NONCE_BYTES;
const SIGNATURE_BYTES = 21;

/** How a grant is named where its refresh token must not be shown: 16 hex digits of its SHA-256. */
export const nameOfRefresh = (refreshToken: string): string =>
  createHash("sha256")
    .update(refreshToken)
    .digest("hex")
    .slice(0, GRANT_BYTES * 2);

export function createAccessTokens(key: Buffer): AccessTokens {
  const signatureOf = (claim: Buffer) => createHmac("sha256", key).update(claim).digest().subarray(0, SIGNATURE_BYTES);
  return {
    issue({ grant, expiresAt }) {
      const claim = Buffer.alloc(CLAIM_BYTES);
      claim.write(grant, 0, "hex");
      claim.writeUIntBE(Math.max(0, Math.round(expiresAt)), GRANT_BYTES, TIME_BYTES);
      randomBytes(NONCE_BYTES).copy(claim, GRANT_BYTES + TIME_BYTES);
      return PREFIX + Buffer.concat([claim, signatureOf(claim)]).toString("base64url");
    },
    read(token) {
      if (!token.startsWith(PREFIX)) return undefined;
      const bytes = Buffer.from(token.slice(PREFIX.length), "base64url");
      if (bytes.length !== CLAIM_BYTES + SIGNATURE_BYTES) return undefined;
      const claim = bytes.subarray(0, CLAIM_BYTES);
      if (!timingSafeEqual(bytes.subarray(CLAIM_BYTES), signatureOf(claim))) return undefined;
      return { grant: claim.toString("hex", 0, GRANT_BYTES), expiresAt: claim.readUIntBE(GRANT_BYTES, TIME_BYTES) };
    },
  };
}
