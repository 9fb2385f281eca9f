// JSON as Amazon sends it: integers beyond 2^53 (ids) arrive as strings instead of losing digits, unknown fields and
// new enum values are tolerated, and what does not fit is named by its path.
import { z } from "zod";
import { type CallFacts, UnexpectedShape } from "./errors";

// A string, or an integer of 16 and more digits that stands as a whole number and is not a key.
const stringOrBigInteger = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.+\-eE])-?[1-9]\d{15,}(?![\d.eE])(?!\s*:)/gs;
const mayHoldBigInteger = /\d{16}/;

/** Puts quotes around the integers of a JSON text that a double cannot hold. */
export function quoteBigIntegers(text: string): string {
  return text.replace(stringOrBigInteger, (match) =>
    match.startsWith('"') || Number.isSafeInteger(Number(match)) ? match : `"${match}"`,
  );
}

/** JSON.parse that keeps integers beyond 2^53 exact, as strings. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  return JSON.parse(mayHoldBigInteger.test(text) ? quoteBigIntegers(text) : text);
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
