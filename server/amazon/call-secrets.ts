// What a call carries that must not be written down, and may come back in Amazon's answer to it.
import type { Call } from "./http";

const secretFields = ["client_secret", "refresh_token", "code", "code_verifier", "token"];
/** Shorter ones would take ordinary words out of the text. */
const shortest = 6;

function secretsOf({ headers = {}, body }: Pick<Call, "headers" | "body">): string[] {
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const form = new URLSearchParams(isForm ? body : "");
  const bearer = headers.authorization?.replace(/^Bearer /, "");
  return [bearer, ...secretFields.map((name) => form.get(name))].filter(
    (secret): secret is string => typeof secret === "string" && secret.length >= shortest,
  );
}

/** The text without the secrets the call was made with. */
export const withoutSecrets = (text: string, call: Pick<Call, "headers" | "body">): string =>
  secretsOf(call).reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);
