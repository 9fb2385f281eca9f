// Checkpoints: signed statements of where an agency's chain stood. Needs no database, so that anybody can check one.
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
  const signature = sign(null, Buffer.from(statementText(statement)), readPrivate(key.privateKey)).toString("base64");
  return { ...statement, keyId: key.id, signature };
}

export function isSignedBy(checkpoint: SignedCheckpoint, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), type: "spki", format: "der" });
    const signature = Buffer.from(checkpoint.signature, "base64");
    // Its last characters hold spare bits: one text a signature.
    if (signature.toString("base64") !== checkpoint.signature) return false;
    return verify(null, Buffer.from(statementText(checkpoint)), key, signature);
  } catch {
    return false;
  }
}

const readPrivate = (privateKey: string) =>
  createPrivateKey({ key: Buffer.from(privateKey, "base64"), type: "pkcs8", format: "der" });
