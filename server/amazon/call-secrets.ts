// What a call carries that must not be written down, and may come back in Amazon's answer to it.
import type { Call } from "./http";

/** Shorter ones would take ordinary words out of the text. */
const shortest = 6;

function secretsOf({ headers = {}, secrets = [] }: Pick<Call, "headers" | "secrets">): string[] {
  const bearer = headers.authorization?.replace(/^Bearer /, "") ?? "";
  return [bearer, ...secrets].filter((secret) => secret.length >= shortest);
}

/** The text without the secrets the call was made with. */
export const withoutSecrets = (text: string, call: Pick<Call, "headers" | "secrets">): string =>
  secretsOf(call).reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);
