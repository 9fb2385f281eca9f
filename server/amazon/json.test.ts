import fc from "fast-check";
import { isSafeNumber, parse } from "lossless-json";
import { expect, test } from "vitest";
import { z } from "zod";
import { UnexpectedShape } from "./errors";
import { AmazonId, openEnum, parseJson, readShape } from "./json";

const facts = { operation: "test" };
const oracle = (text: string) =>
  parse(text, null, (number) => (/^-?\d+$/.test(number) && !isSafeNumber(number) ? number : Number(number)));

test("an id beyond 2^53 keeps every digit, as a string; other numbers stay numbers", () => {
  expect(
    parseJson('{"id":590000000000000001,"n":9007199254740991,"m":-9007199254740993,"f":0.30000000000000004}'),
  ).toEqual({ id: "590000000000000001", n: 9007199254740991, m: "-9007199254740993", f: 0.30000000000000004 });
  expect(parseJson("9007199254740993")).toBe("9007199254740993");
  expect(parseJson('[ 9007199254740993 ,{"a":[9007199254740992]}]')).toEqual([
    "9007199254740993",
    { a: ["9007199254740992"] },
  ]);
});

test("digits inside a string are left alone, whatever stands around them", () => {
  const value = {
    id: "x",
    note: 'at: 12345678901234567890, "[12345678901234567890]" \\',
    "k,12345678901234567890 ": 1,
  };
  const text = JSON.stringify(value).replace('"x"', "590000000000000001");
  expect(parseJson(text)).toEqual({ ...value, id: "590000000000000001" });
});

test("any JSON reads as a lossless parser reads it", () => {
  const bigInteger = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const leaf = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom('": 12345678901234567890,', "[12345678901234567890]", "\\"),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
    fc.boolean(),
    fc.constant(null),
    bigInteger,
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ maxLength: 6 }).filter((key) => key !== "__proto__"),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  }));
  const write = (input: unknown): string => {
    if (typeof input === "bigint") return String(input);
    if (Array.isArray(input)) return `[${input.map(write).join(" ,\n")}]`;
    if (typeof input !== "object" || input === null) return JSON.stringify(input);
    return `{${Object.entries(input).map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`)}}`;
  };
  fc.assert(
    fc.property(value, (input) => {
      const text = write(input);
      expect(parseJson(text)).toEqual(oracle(text));
    }),
    { numRuns: 1000 },
  );
});

test("ids become strings however they were sent, and nothing else passes for one", () => {
  expect(AmazonId.parse(42)).toBe("42");
  expect(AmazonId.parse("ENTITY1")).toBe("ENTITY1");
  for (const wrong of ["", 1.5, -1, null, {}, 1e300]) expect(AmazonId.safeParse(wrong).success).toBe(false);
});

test("unknown fields and new enum values pass", () => {
  const Shape = z.object({ state: openEnum(["ENABLED"]) });
  expect(readShape(Shape, { state: "BRAND_NEW", extra: 1 }, facts)).toEqual({ state: "BRAND_NEW" });
});

test("what does not fit is named by its path and never by its value", () => {
  const Shape = z.object({ items: z.array(z.object({ token: z.number(), id: AmazonId })) });
  for (const item of [
    { token: "Atza|canary", id: "1" },
    { token: 1, id: { secret: "Atza|canary" } },
  ]) {
    const error = (() => {
      try {
        return readShape(Shape, { items: [item] }, facts);
      } catch (thrown) {
        return thrown as UnexpectedShape;
      }
    })() as UnexpectedShape;
    expect(error).toBeInstanceOf(UnexpectedShape);
    expect(error.path).toMatch(/^items\.0\.(token|id)$/);
    expect(error.message).not.toContain("canary");
  }
});
