// Secrets of authenticator apps that no configured key opens.
import { countLost, isLost, type LostKeys } from "../core/crypto/lost-keys";
import type { Vault } from "../core/crypto/vault";
import type { Database } from "../core/db/connect";
import { selectPersonIds } from "./factor-store";
import { findPerson, updatePerson } from "./store";

interface Source {
  database: Database;
  vault: Vault;
}

export async function countLostFactors({ database, vault }: Source): Promise<LostKeys> {
  const sealed: { sealedUnder: string; rows: number }[] = [];
  for (const personId of await database.withSystem(selectPersonIds)) {
    const person = await database.withPerson(personId, (scope) => findPerson(scope, personId));
    if (person?.totpSecret) sealed.push({ sealedUnder: person.totpSecret, rows: 1 });
  }
  return countLost(vault, sealed);
}

/** Sign-in goes on asking for a second factor: a recovery code or a passkey, until the person sets the app up anew. @returns how many people */
export async function forgetLostFactors({ database, vault }: Source): Promise<number> {
  let forgotten = 0;
  for (const personId of await database.withSystem(selectPersonIds)) {
    await database.withPerson(personId, async (scope) => {
      const stored = (await findPerson(scope, personId))?.totpSecret;
      if (!stored || !isLost(vault, stored)) return;
      await updatePerson(scope, personId, { totpSecret: null });
      forgotten++;
    });
  }
  return forgotten;
}
