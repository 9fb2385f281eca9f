// Codes that stand in for a lost second factor. 120 random bits each, so that a plain digest keeps them.
import { createHash, randomBytes } from "node:crypto";
import { base32 } from "oslo/encoding";

export const recoveryCodeCount = 10;

/** As a person keeps them: six groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () => {
    const text = base32.encode(new Uint8Array(randomBytes(15)), { includePadding: false });
    return text.match(/.{4}/g)?.join("-") ?? text;
  });

/** Null for what cannot be one, such as a code of an app. Spaces, hyphens and small letters do not matter. */
export function recoveryDigest(typed: string): string | null {
  const text = typed.replace(/[\s-]/g, "").toUpperCase();
  if (!/^[A-Z2-7]{24}$/.test(text)) return null;
  return createHash("sha256").update(`tidemark recovery code:${text}`).digest("hex");
}

/** Of one of our own. */
export function digestOfNew(code: string): string {
  const digest = recoveryDigest(code);
  if (!digest) throw new Error("a recovery code of ours has an unknown form");
  return digest;
}
