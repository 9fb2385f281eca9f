// AES-256-GCM with additional authenticated data: what the text is bound to must be repeated to read it.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { InvalidToken, keyBytes } from "./fernet";

const ivBytes = 12;
const tagBytes = 16;

// The same configured key serves Fernet too; deriving keeps the two uses from sharing key material.
function derive(key: string): Buffer {
  return Buffer.from(hkdfSync("sha256", keyBytes(key), "", "tidemark/aes-256-gcm", 32));
}

/** Base64url (no padding) of IV, ciphertext and tag. */
export function encryptBound(key: string, plaintext: string, boundTo: string): string {
  const text = Buffer.from(plaintext, "utf8");
  if (text.toString("utf8") !== plaintext) throw new Error("The text to encrypt is not well-formed Unicode.");
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", derive(key), iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(boundTo, "utf8"));
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

/** Throws InvalidToken unless the key and `boundTo` are the ones the text was encrypted with. */
export function decryptBound(key: string, stored: string, boundTo: string): string {
  const bytes = Buffer.from(stored, "base64url");
  if (bytes.toString("base64url") !== stored || bytes.length < ivBytes + tagBytes) {
    throw new InvalidToken("The stored form is not canonical base64url of an IV, a text and a tag.");
  }
  const opener = createDecipheriv("aes-256-gcm", derive(key), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  opener.setAAD(Buffer.from(boundTo, "utf8"));
  opener.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([opener.update(bytes.subarray(ivBytes, -tagBytes)), opener.final()]).toString("utf8");
  } catch {
    throw new InvalidToken("The text was altered, or belongs elsewhere.");
  }
}
