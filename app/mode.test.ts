import { expect, test } from "vitest";
import { modeChoiceOf, modeCookie, modeOf } from "./mode";

const asking = (headers: Record<string, string>) => new Request("http://tidemark.test/", { headers });

test("the person's choice wins over the system's mode", () => {
  expect(modeOf(asking({ cookie: "a=b; tm-mode=light", "sec-ch-prefers-color-scheme": "dark" }))).toBe("light");
});

test("without a choice the system's mode is followed, by header or by cookie", () => {
  expect(modeOf(asking({ "sec-ch-prefers-color-scheme": "dark" }))).toBe("dark");
  expect(modeOf(asking({ cookie: "tm-mode=system; tm-scheme=dark" }))).toBe("dark");
  expect(modeOf(asking({}))).toBe("light");
});

test("a cookie that was tampered with counts as none", () => {
  expect(modeChoiceOf(asking({ cookie: "tm-mode=<script>" }))).toBe("system");
});

test("the choice is remembered for a year on every path", () => {
  expect(modeCookie("dark")).toBe("tm-mode=dark; Path=/; Max-Age=31536000; SameSite=Lax");
});
