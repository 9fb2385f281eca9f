import { expect, test } from "vitest";
import { isWellFormed, keyPrefix, makeKey } from "./key-secret";

const keys = Array.from({ length: 2_000 }, makeKey);

test("a key is its prefix, 30 random characters of which each is as likely as any other, and a checksum", () => {
  expect(new Set(keys).size).toBe(keys.length);
  const counts = new Map<string, number>();
  for (const key of keys) {
    expect(key).toMatch(/^tdmk_live_[0-9A-Za-z]{36}$/);
    expect(isWellFormed(key)).toBe(true);
    for (const char of key.slice(keyPrefix.length, -6)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  const expected = (keys.length * 30) / 62;
  // Chi squared with 61 degrees of freedom: above 130 once in a million runs.
  const chi = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts.size).toBe(62);
  expect(chi).toBeLessThan(130);
});

test("one wrong character, or two neighbours in the wrong order, is seen without asking the database", () => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const passed: string[] = [];
  const wrong = (text: string) => isWellFormed(text) && passed.push(text);
  for (const key of keys.slice(0, 40)) {
    for (let at = keyPrefix.length; at < key.length; at++) {
      for (const char of alphabet) if (char !== key[at]) wrong(key.slice(0, at) + char + key.slice(at + 1));
      const [one = "", two = ""] = [key[at], key[at + 1]];
      if (two && one !== two) wrong(key.slice(0, at) + two + one + key.slice(at + 2));
    }
  }
  expect(passed).toEqual([]);
});

test.each(["", "tdmk_live_", "tdmk_test_x", `${keys[0]} `, `${keys[0]}0`, keys[0]?.toLowerCase() ?? ""])(
  "%j is no key",
  (text) => expect(isWellFormed(text)).toBe(false),
);
