// The text of an event that its hash is made of, and the hash: the same as server/core/db/audit-chain.ts makes in the database.
import { createHash } from "node:crypto";

/** What the first event of a chain is linked to. */
export const genesis = { seq: 0, hash: "0".repeat(64) };

export const digestOf = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** The hash of a link: of the former link's hash and the digest of the event's text. */
export const linkHash = (former: string, digest: string): string => digestOf(`${former}\n${digest}`);

/**
 * A JSON value as Postgres writes jsonb: keys by length in bytes and then by their bytes, one space after each comma and colon,
 * numbers without exponent.
 */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => byLengthThenBytes(Buffer.from(a), Buffer.from(b)));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${canonicalText(inner)}`).join(", ")}}`;
  }
  return typeof value === "number" ? plainNumber(value) : JSON.stringify(value);
}

const byLengthThenBytes = (a: Buffer, b: Buffer): number => a.length - b.length || Buffer.compare(a, b);

/** `1e+21` as 1000000000000000000000: a database's number keeps no exponent. */
function plainNumber(value: number): string {
  const text = JSON.stringify(value);
  const [, sign = "", whole = "", fraction = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, "0");
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
