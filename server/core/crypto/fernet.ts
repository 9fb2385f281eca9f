// Fernet (github.com/fernet/spec), byte-compatible with Python's cryptography in both directions.
// Stricter in one point: only canonical, padded url-safe base64 is read, so that a token has one spelling.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const version = 0x80;
const headerBytes = 1 + 8 + 16;
const blockBytes = 16;
const macBytes = 32;
const maxClockSkewSeconds = 60n;
const mostKeysKept = 100;
const strictText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Says why a token was refused; never holds any part of the token, of its text or of a key. */
export class InvalidToken extends Error {
  override readonly name = "InvalidToken";
}

interface Key {
  signing: Buffer;
  encryption: Buffer;
}

function toUrlSafe(bytes: Buffer): string {
  return bytes.toString("base64url") + "=".repeat((3 - (bytes.length % 3)) % 3);
}

// Node and Python both accept several spellings of the same bytes; comparing with our own spelling leaves one.
function fromUrlSafe(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return toUrlSafe(bytes) === text ? bytes : undefined;
}

/** The 32 bytes of a key. Throws unless the key is canonical, padded url-safe base64 of 32 bytes. */
export function keyBytes(key: string): Buffer {
  const bytes = fromUrlSafe(key);
  if (bytes?.length !== 32) throw new Error("An encryption key must be 32 bytes in url-safe base64 (44 characters).");
  return bytes;
}

/** Is this a key, as `keyBytes` reads it? */
export function isKey(key: string): boolean {
  return fromUrlSafe(key)?.length === 32;
}

/** A process has few keys and uses them often. */
const parsedKeys = new Map<string, Key>();

function readKey(key: string): Key {
  const known = parsedKeys.get(key);
  if (known) return known;
  const bytes = keyBytes(key);
  const fresh = { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16) };
  if (parsedKeys.size < mostKeysKept) parsedKeys.set(key, fresh);
  return fresh;
}

function readKeys(keys: string[]): [Key, ...Key[]] {
  const [first, ...rest] = keys.map(readKey);
  if (!first) throw new Error("At least one encryption key is needed.");
  return [first, ...rest];
}

function seconds(now: Date): bigint {
  const value = now.getTime();
  if (!Number.isFinite(value) || value < 0) throw new Error("The time given for a Fernet token is not a valid date.");
  return BigInt(Math.floor(value / 1000));
}

const sign = (key: Key, signed: Buffer) => createHmac("sha256", key.signing).update(signed).digest();

/** A new random key: 32 bytes in url-safe base64. */
export function generateKey(): string {
  return toUrlSafe(randomBytes(32));
}

/** A short public name of a key: safe to store beside what the key protects and to print. */
export function keyId(key: string): string {
  return createHash("sha256").update("tidemark key id\0").update(keyBytes(key)).digest("hex").slice(0, 12);
}

/** Encrypts with the first key of the list. `now` and `iv` exist for test vectors. */
export function encrypt(keys: string[], plaintext: string, options: { now?: Date; iv?: Uint8Array } = {}): string {
  const [key] = readKeys(keys);
  const text = Buffer.from(plaintext, "utf8");
  if (text.toString("utf8") !== plaintext) throw new Error("The text to encrypt is not well-formed Unicode.");
  const iv = options.iv ?? randomBytes(blockBytes);
  if (iv.length !== blockBytes) throw new Error("A Fernet IV is 16 bytes.");

  const head = Buffer.alloc(9);
  head.writeUInt8(version, 0);
  head.writeBigUInt64BE(seconds(options.now ?? new Date()), 1);
  const cipher = createCipheriv("aes-128-cbc", key.encryption, iv);
  const signed = Buffer.concat([head, iv, cipher.update(text), cipher.final()]);
  return toUrlSafe(Buffer.concat([signed, sign(key, signed)]));
}

/**
 * Decrypts with whichever key of the list signed the token. Throws InvalidToken on anything invalid.
 * As in Python, age and clock skew (60 s) are checked only when `ttlSeconds` is given, and after the signature.
 */
export function decrypt(keys: string[], token: string, options: { now?: Date; ttlSeconds?: number } = {}): string {
  const candidates = readKeys(keys);
  const bytes = fromUrlSafe(token);
  if (!bytes) throw new InvalidToken("The token is not canonical url-safe base64.");
  if (bytes.length < headerBytes + blockBytes + macBytes) throw new InvalidToken("The token is too short.");
  if (bytes[0] !== version) throw new InvalidToken("The token has an unknown version.");

  const signed = bytes.subarray(0, -macBytes);
  const mac = bytes.subarray(-macBytes);
  const key = candidates.find((candidate) => timingSafeEqual(sign(candidate, signed), mac));
  if (!key) throw new InvalidToken("No key of the list signed the token.");
  if (options.ttlSeconds !== undefined) checkAge(signed, options.ttlSeconds, options.now ?? new Date());
  return decipher(key, signed);
}

function checkAge(signed: Buffer, ttlSeconds: number, now: Date): void {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 0) throw new Error("A time to live is a whole number of seconds.");
  const made = signed.readBigUInt64BE(1);
  const current = seconds(now);
  if (made + BigInt(ttlSeconds) < current) throw new InvalidToken("The token has expired.");
  if (made > current + maxClockSkewSeconds) throw new InvalidToken("The token is from the future.");
}

function decipher(key: Key, signed: Buffer): string {
  const iv = signed.subarray(9, headerBytes);
  const ciphertext = signed.subarray(headerBytes);
  if (ciphertext.length % blockBytes !== 0) throw new InvalidToken("The token has a broken block.");
  try {
    const opener = createDecipheriv("aes-128-cbc", key.encryption, iv);
    const text = Buffer.concat([opener.update(ciphertext), opener.final()]);
    return strictText.decode(text);
  } catch {
    throw new InvalidToken("The token has broken padding or is not text.");
  }
}
