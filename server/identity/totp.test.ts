import { expect, test } from "vitest";
import { codeOf, matchingStep, newTotpSecret, secretFrom, secretText, stepAt } from "./totp";

const rfcSecret = new TextEncoder().encode("12345678901234567890");

test.each([
  [59, "94287082"],
  [1111111109, "07081804"],
  [1111111111, "14050471"],
  [1234567890, "89005924"],
  [2000000000, "69279037"],
  [20000000000, "65353130"],
])("RFC 6238, appendix B: at %i seconds the code is %s", async (seconds, code) => {
  expect(await codeOf(rfcSecret, stepAt(new Date(seconds * 1000)), 8)).toBe(code);
});

test("a code is good in its own half minute and the next, once, and none before it after that", async () => {
  const at = new Date("2026-11-20T12:00:10Z");
  const code = await codeOf(rfcSecret, stepAt(at));
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
  const tried = (moment: Date, lastStep: number | null = null) =>
    matchingStep(rfcSecret, code, { at: moment, lastStep });
  expect(await tried(at)).toBe(stepAt(at));
  expect(await tried(later(30))).toBe(stepAt(at));
  expect(await tried(later(60))).toBeNull();
  expect(await tried(later(-30))).toBeNull();
  expect(await tried(at, stepAt(at))).toBeNull();
  expect(await tried(later(30), stepAt(at) + 1)).toBeNull();
});

test("what is typed into an app is the secret", () => {
  const secret = newTotpSecret();
  expect(secretText(secret)).toMatch(/^[A-Z2-7]{32}$/);
  expect(secretFrom(secretText(secret))).toEqual(secret);
});
