import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decrypt, encrypt, generateKey, InvalidToken, keyId } from "./fernet";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function accepted(key: string, tokens: Iterable<string>): string[] {
  const passed: string[] = [];
  for (const token of tokens) {
    try {
      decrypt([key], token);
      passed.push(token);
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
    }
  }
  return passed;
}

test("any text comes back as it went in", () => {
  const key = generateKey();
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => decrypt([key], encrypt([key], text)) === text),
  );
  expect(decrypt([key], encrypt([key], "\uFEFFa byte order mark is kept"))).toBe("\uFEFFa byte order mark is kept");
});

test("no single changed character is accepted", () => {
  const key = generateKey();
  const token = encrypt([key], "Atzr|a refresh token", { iv: randomBytes(16) });
  function* mutations() {
    for (let at = 0; at < token.length; at++) {
      for (const letter of `${alphabet}=+/ \n%`) {
        if (letter !== token[at]) yield token.slice(0, at) + letter + token.slice(at + 1);
      }
    }
  }
  expect(accepted(key, mutations())).toEqual([]);
});

test("no single changed byte is accepted", () => {
  const key = generateKey();
  const bytes = Buffer.from(encrypt([key], "secret"), "base64url");
  function* mutations() {
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 1; bit < 256; bit++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ bit;
        yield changed.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
      }
    }
  }
  expect(accepted(key, mutations())).toEqual([]);
});

test("another spelling of the same token is refused", () => {
  const key = generateKey();
  const token = encrypt([key], "x");
  const standard = token.replaceAll("-", "+").replaceAll("_", "/");
  const unpadded = token.replace(/=+$/, "");
  const spellings = [standard, unpadded, ` ${token}`, `${token}\n`, `${token}=`, `${token}AAAA`, "", "="];
  expect(
    accepted(
      key,
      spellings.filter((text) => text !== token),
    ),
  ).toEqual([]);
});

test("the first key encrypts and every key of the list decrypts", () => {
  const [old, current] = [generateKey(), generateKey()];
  const before = encrypt([old], "before");
  const after = encrypt([current, old], "after");
  expect(decrypt([current, old], before)).toBe("before");
  expect(decrypt([current], after)).toBe("after");
  expect(() => decrypt([old], after)).toThrow(InvalidToken);
});

test("age counts only when a time to live is given", () => {
  const key = generateKey();
  const made = new Date("2026-01-01T00:00:00Z");
  const token = encrypt([key], "x", { now: made });
  const after = (seconds: number) => new Date(made.getTime() + seconds * 1000);
  expect(decrypt([key], token, { now: after(1e9) })).toBe("x");
  expect(decrypt([key], token, { now: after(60), ttlSeconds: 60 })).toBe("x");
  expect(() => decrypt([key], token, { now: after(61), ttlSeconds: 60 })).toThrow("expired");
  expect(decrypt([key], token, { now: after(-60), ttlSeconds: 60 })).toBe("x");
  expect(() => decrypt([key], token, { now: after(-61), ttlSeconds: 60 })).toThrow("future");
  expect(() => decrypt([key], token, { ttlSeconds: Number.NaN })).toThrow("whole number");
});

test("a malformed key, an empty list, a wrong IV and broken Unicode are refused", () => {
  const key = generateKey();
  const bad = ["", "short", key.slice(0, -1), `${key}=`, randomBytes(33).toString("base64url"), ` ${key}`];
  for (const wrong of bad) {
    expect(() => encrypt([wrong], "x")).toThrow("32 bytes");
    expect(() => decrypt([key, wrong], encrypt([key], "x"))).toThrow("32 bytes");
  }
  expect(() => encrypt([], "x")).toThrow("At least one");
  expect(() => encrypt([key], "x", { iv: new Uint8Array(15) })).toThrow("16 bytes");
  expect(() => encrypt([key], "\ud800")).toThrow("Unicode");
});

test("a key id is short, stable and tells keys apart", () => {
  const keys = Array.from({ length: 100 }, generateKey);
  const ids = keys.map(keyId);
  expect(new Set(ids).size).toBe(100);
  expect(ids[0]).toMatch(/^[0-9a-f]{12}$/);
  expect(keyId(keys[0] ?? "")).toBe(ids[0]);
});
