import { expect, test } from "vitest";
import { generateKey } from "../core/crypto/fernet";
import { createVault } from "../core/crypto/vault";
import { sealedUnder, sealTokens, tokenBinding } from "./seal-tokens";

const place = { agencyId: "a1", connectionId: "c1" };
const tokens = { refreshToken: "Atzr|same", accessToken: "Atza|new" };
const [former, present] = [generateKey(), generateKey()];

test("a refresh token that came back unchanged stays as it is sealed", () => {
  const vault = createVault({ keys: [present] });
  const kept = vault.seal(tokenBinding(place, "refreshToken"), tokens.refreshToken);
  const sealed = sealTokens(vault, place, tokens, kept);
  expect(sealed.refreshToken).toBe(kept);
  expect(vault.open(tokenBinding(place, "accessToken"), sealed.accessToken)).toBe("Atza|new");
});

test("one that is sealed under a former key is sealed anew: both tokens of a grant are under one", () => {
  const kept = createVault({ keys: [former] }).seal(tokenBinding(place, "refreshToken"), tokens.refreshToken);
  const vault = createVault({ keys: [present, former] });
  const sealed = sealTokens(vault, place, tokens, kept);
  expect(sealed.refreshToken).not.toBe(kept);
  expect([sealed.refreshToken, sealed.accessToken].map(sealedUnder)).toEqual([sealed.sealedUnder, sealed.sealedUnder]);
  expect(sealed.sealedUnder).toBe(`v1:${vault.currentKeyId}`);
  expect(vault.open(tokenBinding(place, "refreshToken"), sealed.refreshToken)).toBe("Atzr|same");
});
