// JSON as Amazon sends it: integers beyond 2^53 (ids) arrive as strings instead of losing digits, unknown fields and
// new enum values are tolerated, and what does not fit is named by its path.
import { z } from "zod";
import { type CallFacts, UnexpectedShape } from "./errors";

const bigInteger = /(?<=^|[:,[\s])-?[1-9]\d{15,}(?=\s*(?:[,}\]]|$))/g;
const stringOrBigInteger = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<=^|[:,[\s])-?[1-9]\d{15,}(?=\s*(?:[,}\]]|$))/gs;

const quoted = (match: string) => (match.startsWith('"') || Number.isSafeInteger(Number(match)) ? match : `"${match}"`);

const isLossy = (number: number) => number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER;

/** True when some integer inside may have lost digits. */
function lostDigits(value: unknown): boolean {
  if (typeof value === "number") return isLossy(value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(lostDigits);
  // The rows of a report pass here: for-in is several times faster than Object.values, and nothing is inherited.
  for (const key in value) {
    const field = (value as Record<string, unknown>)[key];
    if (typeof field === "number" ? isLossy(field) : typeof field === "object" && lostDigits(field)) return true;
  }
  return false;
}

/** JSON.parse that keeps integers beyond 2^53 exact, as strings. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!lostDigits(value)) return value;
  try {
    // Quotes put inside a string end it before a digit, which is never valid: what parses was right.
    return JSON.parse(text.replace(bigInteger, quoted));
  } catch {
    return JSON.parse(text.replace(stringOrBigInteger, quoted));
  }
}

/** An id of Amazon's: a string from here on, whether it was sent as a string or as a number. */
export const AmazonId = z
  .union([z.string().min(1), z.int().nonnegative()], { error: "expected an id" })
  .transform((id) => String(id));

/** A closed set as documented, open as Amazon uses it: new values pass. */
export type OpenEnum<T extends string> = T | (string & {});

export const openEnum = <T extends string>(_known: readonly T[]): z.ZodType<OpenEnum<T>> => z.string();

/** Reads an answer with its schema, or throws UnexpectedShape naming the first path that does not fit. */
export function readShape<T>(schema: z.ZodType<T>, body: unknown, facts: CallFacts): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join(".") || "the top level";
  // Only these messages are known to speak of types and not of the value.
  const expected = issue?.code === "invalid_type" || issue?.code === "invalid_union" ? issue.message : "does not fit";
  throw new UnexpectedShape(facts, path, expected);
}
