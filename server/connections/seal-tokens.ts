import type { Binding, Vault } from "../core/crypto/vault";
import type { SealedTokens } from "./grant-store";

/** Where the tokens of a connection belong: sealed elsewhere, they do not open. */
export const tokenBinding = (
  place: { agencyId: string; connectionId: string },
  field: "refreshToken" | "accessToken",
): Binding => ({ ...place, field });

/** The scheme and key id of a stored form, as kept beside it to be counted. */
export const sealedUnder = (stored: string): string => stored.split(":", 2).join(":");

/** What new secrets are sealed under now. */
export const currentSeal = (vault: Vault): string =>
  sealedUnder(vault.seal({ agencyId: "", connectionId: "", field: "" }, ""));

/** `kept` is how the refresh token is stored already, where it is: sealed as new ones are, it stays as it is. */
export function sealTokens(
  vault: Vault,
  place: { agencyId: string; connectionId: string },
  tokens: { refreshToken: string; accessToken: string },
  kept: string | null = null,
): SealedTokens {
  const stays = kept !== null && !vault.needsRotation(kept);
  const refreshToken = stays ? kept : vault.seal(tokenBinding(place, "refreshToken"), tokens.refreshToken);
  const accessToken = vault.seal(tokenBinding(place, "accessToken"), tokens.accessToken);
  return { refreshToken, accessToken, sealedUnder: sealedUnder(refreshToken) };
}
