import { expect, test } from "vitest";
import { normalise, placeOf, readTokens } from "./tokens";

test("comments are no tokens, and quotes hide what they hold", () => {
  const texts = readTokens("SELECT 'it''s -- no comment', \"a/*b\" -- LIMIT 5\n/* LIMIT\n6 */ FROM t").map(
    ({ text }) => text,
  );
  expect(texts).toEqual(["SELECT", "'it''s -- no comment'", ",", '"a/*b"', "FROM", "t"]);
});

test("a token knows how deep in brackets it stands", () => {
  const depths = readTokens("f(a,(b)) c").map(({ text, depth }) => [text, depth]);
  expect(depths).toEqual([
    ["f", 0],
    ["(", 0],
    ["a", 1],
    [",", 1],
    ["(", 1],
    ["b", 2],
    [")", 1],
    [")", 0],
    ["c", 0],
  ]);
});

test("a text that ends inside a quote or a comment is read to its end", () => {
  expect(readTokens("SELECT 'open").map(({ text }) => text)).toEqual(["SELECT", "'open"]);
  expect(readTokens("SELECT 1 /* open").map(({ text }) => text)).toEqual(["SELECT", "1"]);
});

test("places count lines and columns from one", () => {
  expect(placeOf("SELECT\n  a", 9)).toEqual({ line: 2, column: 3 });
});

test("two spellings of a query have one normal form", () => {
  const one = "select  campaign,\n  SUM( Impressions ) AS n -- all\nFROM dsp_impressions WHERE a<>'X  y' ;";
  const other = "SELECT campaign , sum(impressions) as N from DSP_IMPRESSIONS where a <> 'X  y'";
  expect(normalise(one)).toBe(normalise(other));
  expect(normalise(one)).toBe("select campaign, sum(impressions) as n from dsp_impressions where a <> 'X  y'");
});

test("what stands in quotes tells queries apart", () => {
  expect(normalise("SELECT 'a'")).not.toBe(normalise("SELECT 'A'"));
  expect(normalise('SELECT "a"')).not.toBe(normalise('SELECT "A"'));
});

test("a normal form is its own normal form", () => {
  const text =
    "WITH t AS (SELECT a[1], COUNT(*) FROM x WHERE a IN ('1', '2') GROUP BY 1) SELECT t.a || 'x', -1.5e3 FROM t";
  expect(normalise(normalise(text))).toBe(normalise(text));
});
