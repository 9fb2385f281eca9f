// What an API key looks like: a prefix that scanners know, 30 random characters (178 bits), and a checksum that tells a
// mistyped key from an unknown one before the database is asked.
import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

export const keyPrefix = "tdmk_live_";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 30;
const checkLength = 6;
const shape = new RegExp(`^${keyPrefix}[0-9A-Za-z]{${randomLength + checkLength}}$`);

/** How many characters a key is known by: too few of the random ones to guess the rest from. */
export const startLength = keyPrefix.length + 6;

/** A new key. It is told to its owner once and kept nowhere. */
export function makeKey(): string {
  const body = keyPrefix + randomText(randomLength);
  return body + checksum(body);
}

/** Whether it may be a key at all: no single wrong character and no two that changed places pass. */
export const isWellFormed = (key: string): boolean =>
  shape.test(key) && checksum(key.slice(0, -checkLength)) === key.slice(-checkLength);

/** What is kept. 178 random bits need no slow hash. */
export const keyDigest = (key: string): string => createHash("sha256").update(key).digest("hex");

export const keyStart = (key: string): string => key.slice(0, startLength);

/** Bytes from 248 on are thrown away: 256 is no multiple of 62, and the first characters would come more often. */
function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let place = 0; place < checkLength; place++) {
    text = alphabet[rest % alphabet.length] + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
