import { expect, test } from "vitest";
import { hashPassword, isOutdated, verifyPassword } from "./password";

test("a hash proves its password and no other", async () => {
  const hash = await hashPassword("seven tall giraffes");
  expect(await verifyPassword(hash, "seven tall giraffes")).toEqual({ ok: true, outdated: false });
  expect(await verifyPassword(hash, "seven tall giraffe")).toEqual({ ok: false, outdated: false });
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("an unknown person never gets in, not even with the decoy's password", async () => {
  expect((await verifyPassword(null, "a decoy that nobody signs in with")).ok).toBe(false);
});

test("a hash made with less work is due to be made anew", () => {
  expect(isOutdated("$argon2id$v=19$m=4096,t=2,p=1$c2FsdA$aGFzaA")).toBe(true);
  expect(isOutdated("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")).toBe(false);
  expect(isOutdated("$2b$10$abc")).toBe(true);
});
