import type { Vault } from "../core/crypto/vault";
import type { Database } from "../core/db/connect";
import type { Log } from "../core/log";
import { selectPersonIds } from "./factor-store";
import { totpBinding } from "./second-factor";
import { findPerson, updatePerson } from "./store";

interface Rotated {
  rotated: number;
  failed: number;
}

/** Seals what people sign in with under the newest key. May run while they sign in: each person is one transaction. */
export async function rotateSecrets({
  database,
  vault,
  log,
}: {
  database: Database;
  vault: Vault;
  log: Log;
}): Promise<Rotated> {
  const count: Rotated = { rotated: 0, failed: 0 };
  for (const personId of await database.withSystem(selectPersonIds)) {
    await database.withPerson(personId, async (scope) => {
      const stored = (await findPerson(scope, personId))?.totpSecret;
      if (!stored || !vault.needsRotation(stored)) return;
      try {
        await updatePerson(scope, personId, { totpSecret: vault.rotate(totpBinding(personId), stored) });
        count.rotated++;
      } catch (error) {
        log.error({ err: error, personId }, "a second factor could not be sealed anew");
        count.failed++;
      }
    });
  }
  return count;
}
