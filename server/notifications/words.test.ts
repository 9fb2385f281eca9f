import { expect, test } from "vitest";
import { momentWords, oneLine, sentences, spanWords } from "./words";

test.each([
  ["2026-11-20T09:12:00Z", "2026-11-20T09:12:59Z", "less than a minute"],
  ["2026-11-20T09:12:00Z", "2026-11-20T09:13:10Z", "1 min"],
  ["2026-11-20T09:12:00Z", "2026-11-20T11:22:00Z", "2 h 10 min"],
  ["2026-11-20T09:00:00Z", "2026-11-20T12:00:00Z", "3 h"],
  ["2026-11-20T09:00:00Z", "2026-11-23T13:20:00Z", "3 d 4 h"],
  ["2026-11-20T09:00:00Z", "2026-11-23T09:20:00Z", "3 d"],
  ["2026-11-20T09:00:00Z", "2026-11-20T08:00:00Z", "less than a minute"],
])("from %s to %s is said as %s", (from, to, words) => {
  expect(spanWords(from, to)).toBe(words);
});

test("a moment is printed with its zone", () => {
  expect(momentWords("2026-11-20T09:12:30.000Z")).toBe("20 Nov 2026, 09:12 UTC");
});

test("a reason from elsewhere stays within its line, and every sentence ends", () => {
  expect(oneLine("Ava\r\nBcc: eve@example.com\u2028x")).toBe("Ava Bcc: eve@example.com x");
  expect(sentences("One", null, "Two.", "", false, "Three")).toBe("One. Two. Three.");
});
