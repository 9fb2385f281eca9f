// Signatures: of checkpoints, statements of where an agency's chain stood, and of other texts. Needs no database, so that anybody can
// check one.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import type { Place } from "./check-chain";

export interface Statement extends Place {
  agencyId: string;
  /** ISO 8601, UTC. */
  at: string;
}

export interface SignedCheckpoint extends Statement {
  /** The first 16 hex digits of the SHA-256 of the public key's base64. */
  keyId: string;
  /** Ed25519 over the statement, base64. */
  signature: string;
}

export interface KeyPair {
  id: string;
  /** Base64 of its SPKI form. */
  publicKey: string;
  /** Base64 of its PKCS#8 form. */
  privateKey: string;
}

/** What is signed: five lines. */
export const statementText = ({ agencyId, seq, hash, at }: Statement): string =>
  ["tidemark audit checkpoint 1", agencyId, seq, hash, at].join("\n");

export const keyIdOf = (publicKey: string): string => createHash("sha256").update(publicKey).digest("hex").slice(0, 16);

export function newKeyPair(): KeyPair {
  const made = generateKeyPairSync("ed25519", {
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  const publicKey = made.publicKey.toString("base64");
  return { id: keyIdOf(publicKey), publicKey, privateKey: made.privateKey.toString("base64") };
}

/** Is this the private half of that public key? */
export function belongTogether(privateKey: string, publicKey: string): boolean {
  try {
    const key = createPublicKey(readPrivate(privateKey));
    return key.export({ type: "spki", format: "der" }).toString("base64") === publicKey;
  } catch {
    return false;
  }
}

export function signStatement(statement: Statement, key: KeyPair): SignedCheckpoint {
  return { ...statement, keyId: key.id, signature: signatureOf(statementText(statement), key) };
}

export const isSignedBy = (checkpoint: SignedCheckpoint, publicKey: string): boolean =>
  isSignatureOf(statementText(checkpoint), checkpoint.signature, publicKey);

/** @returns Ed25519, base64 */
export const signatureOf = (text: string, key: KeyPair): string =>
  sign(null, Buffer.from(text), readPrivate(key.privateKey)).toString("base64");

export function isSignatureOf(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), type: "spki", format: "der" });
    const bytes = Buffer.from(signature, "base64");
    // Its last characters hold spare bits: one text a signature.
    if (bytes.toString("base64") !== signature) return false;
    return verify(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

const readPrivate = (privateKey: string) =>
  createPrivateKey({ key: Buffer.from(privateKey, "base64"), type: "pkcs8", format: "der" });
