import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { AppError } from "../errors";
import { decryptBound, encryptBound } from "./aes-gcm";
import { encrypt, generateKey, keyId } from "./fernet";
import { type Binding, createVault, type VaultScheme } from "./vault";

const schemes: VaultScheme[] = ["v1", "v2"];
const canary = "Atzr|canary-of-the-vault";

const aBinding = (over: Partial<Binding> = {}): Binding => ({
  agencyId: randomUUID(),
  connectionId: randomUUID(),
  field: "refreshToken",
  ...over,
});

function failure(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it opened");
}

test.each(schemes)("%s: a secret opens where it was sealed, under a stored form that names its key", (scheme) => {
  const key = generateKey();
  const vault = createVault({ keys: [key], scheme });
  const binding = aBinding();
  const stored = vault.seal(binding, canary);
  expect(vault.open(binding, stored)).toBe(canary);
  expect(stored.startsWith(`${scheme}:${keyId(key)}:`)).toBe(true);
  expect(vault.keyIdOf(stored)).toBe(vault.currentKeyId);
  expect(vault.seal(binding, canary)).not.toBe(stored);
});

test.each(schemes)("%s: 1,000 of 1,000 rows swapped between agencies, connections and fields stay shut", (scheme) => {
  const vault = createVault({ keys: [generateKey()], scheme });
  let refused = 0;
  for (let attempt = 0; attempt < 1000; attempt++) {
    const from = aBinding();
    const over = [{ agencyId: randomUUID() }, { connectionId: randomUUID() }, { field: "accessToken" }][attempt % 3];
    const to = attempt % 10 === 9 ? aBinding() : { ...from, ...over };
    const error = failure(() => vault.open(to, vault.seal(from, canary)));
    if (error.code === "internal" && !error.message.includes("canary")) refused++;
  }
  expect(refused).toBe(1000);
});

test.each(schemes)("%s: parts of a binding cannot be shifted into one another", (scheme) => {
  const vault = createVault({ keys: [generateKey()], scheme });
  const stored = vault.seal({ agencyId: "a", connectionId: "bc", field: "d" }, canary);
  failure(() => vault.open({ agencyId: "ab", connectionId: "c", field: "d" }, stored));
  failure(() => vault.open({ agencyId: 'a","bc', connectionId: "", field: "d" }, stored));
});

test.each(schemes)("%s: no altered character of the stored form opens", (scheme) => {
  const vault = createVault({ keys: [generateKey()], scheme });
  const binding = aBinding();
  const stored = vault.seal(binding, canary);
  for (let at = 0; at < stored.length; at++) {
    for (const letter of "Ab0_-=:|") {
      if (letter === stored[at]) continue;
      const altered = stored.slice(0, at) + letter + stored.slice(at + 1);
      const error = failure(() => vault.open(binding, altered));
      expect(error.message).not.toContain("canary");
      expect(error.message).not.toContain(altered.slice(16));
    }
  }
});

test("rotation moves a secret to the current key and scheme, and dropping the old key before it fails by key id", () => {
  const [old, current] = [generateKey(), generateKey()];
  const binding = aBinding();
  const stored = createVault({ keys: [old] }).seal(binding, canary);

  const both = createVault({ keys: [current, old], scheme: "v2" });
  expect(both.needsRotation(stored)).toBe(true);
  const rotated = both.rotate(binding, stored);
  expect(both.needsRotation(rotated)).toBe(false);

  const alone = createVault({ keys: [current], scheme: "v2" });
  expect(alone.open(binding, rotated)).toBe(canary);
  const error = failure(() => alone.open(binding, stored));
  expect(error.message).toContain(keyId(old));
  expect(error.remedy).toContain("rotate");
});

test("going from one scheme to the other under the same key counts as rotation", () => {
  const key = generateKey();
  const binding = aBinding();
  const stored = createVault({ keys: [key], scheme: "v2" }).seal(binding, canary);
  const vault = createVault({ keys: [key], scheme: "v1" });
  expect(vault.needsRotation(stored)).toBe(true);
  expect(vault.open(binding, vault.rotate(binding, stored))).toBe(canary);
});

test("a token that was encrypted outside the vault does not open, and its text is not quoted", () => {
  const key = generateKey();
  const vault = createVault({ keys: [key] });
  for (const text of [canary, "null", "[]", JSON.stringify({ s: canary })]) {
    const error = failure(() => vault.open(aBinding(), `v1:${keyId(key)}:${encrypt([key], text)}`));
    expect(error.message).not.toContain("canary");
    expect(error.cause).toBeUndefined();
  }
});

test("unknown stored forms and unusable key lists are refused", () => {
  const vault = createVault({ keys: [generateKey()] });
  for (const stored of ["", "plain", "v3:0123456789ab:AAAA", "v1::AAAA", "v1:0123456789ab:"]) {
    expect(failure(() => vault.open(aBinding(), stored)).message).toContain("unknown form");
  }
  expect(() => createVault({ keys: [] })).toThrow("at least one");
  expect(() => createVault({ keys: ["not a key"] })).toThrow("32 bytes");
});

test("the second scheme reads only what it wrote for the same place", () => {
  const key = generateKey();
  const stored = encryptBound(key, canary, "here");
  expect(decryptBound(key, stored, "here")).toBe(canary);
  expect(() => decryptBound(key, stored, "there")).toThrow("belongs elsewhere");
  expect(() => decryptBound(generateKey(), stored, "here")).toThrow("belongs elsewhere");
  expect(() => decryptBound(key, "AAAA", "here")).toThrow("canonical");
});
