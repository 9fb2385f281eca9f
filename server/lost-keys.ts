// Secrets sealed under a key that is not configured: the product must not run as if they were there. Of what else is sealed nothing is lost for
// long: a consent under way lives for ten minutes, a mail is sent at once or written anew, and a key for checkpoints is made anew.
import { countLostKeys, forgetLostTokens } from "./connections";
import { type ContextSource, systemContext } from "./context";
import type { LostKeys } from "./core/crypto/lost-keys";
import { AppError } from "./core/errors";
import { countLostFactors, forgetLostFactors } from "./identity";
import { countLostActionKeys, replaceLostSecrets } from "./pages";
import { agencyIds } from "./product";

/** @throws {AppError} precondition where stored secrets need an encryption key that is not configured */
export async function requireKeys(source: ContextSource): Promise<void> {
  const lost = await countAll(source);
  const list = Object.entries(lost).flatMap(([what, keys]) =>
    Object.entries(keys).map(([id, rows]) => `${rows} ${what} under ${id}`),
  );
  if (list.length === 0) return;
  throw new AppError(
    "precondition",
    `Stored secrets need an encryption key that is not configured: ${list.join(", ")}.`,
    {
      remedy:
        "Put the key back at the end of TIDEMARK_ENCRYPTION_KEYS and run `ops rotate-keys` before it is dropped. If it is lost for good: `ops forget-lost-keys` deletes what it sealed. Amazon users must then consent again, secrets of custom actions be made anew, and authenticator apps be set up anew.",
    },
  );
}

async function countAll(source: ContextSource): Promise<Record<string, LostKeys>> {
  const lost = { "tokens of Amazon users": {}, "secrets of custom actions": {} };
  for (const agencyId of await agencyIds(source)) {
    const ctx = systemContext(source, { agencyId, job: "start" });
    add(lost["tokens of Amazon users"], await countLostKeys(ctx));
    add(lost["secrets of custom actions"], await countLostActionKeys(ctx));
  }
  return { ...lost, "second factors": await countLostFactors({ ...source, vault: source.services.vault }) };
}

function add(into: LostKeys, more: LostKeys): void {
  for (const [id, rows] of Object.entries(more)) into[id] = (into[id] ?? 0) + rows;
}

/** @returns a line for each agency, and one for the people of all of them */
export async function forgetLostKeys(source: ContextSource): Promise<string[]> {
  const lines: string[] = [];
  for (const agencyId of await agencyIds(source)) {
    const ctx = systemContext(source, { agencyId, job: "ops forget-lost-keys" });
    const [connections, actions] = [await forgetLostTokens(ctx), await replaceLostSecrets(ctx)];
    lines.push(`${agencyId}: ${connections} connections need a new consent, ${actions} custom actions a new secret.`);
  }
  const people = await forgetLostFactors({ ...source, vault: source.services.vault });
  return [...lines, `${people} people sign in with a recovery code or a passkey, and set up their app anew.`];
}
