// The installation's keys for checkpoints. The private half is sealed like every other secret; who holds the database alone cannot sign.
import type { Ctx } from "../core/context";
import type { Database, Scope } from "../core/db/connect";
import {
  insertSigningKey,
  lockSigningKeys,
  resealSigningKey,
  type SigningKeyRow,
  selectSigningKeys,
} from "./chain-store";
import "./services";
import { belongTogether, type KeyPair, keyIdOf, newKeyPair } from "./signing";

type Vault = Ctx["services"]["vault"];

const binding = (id: string) => ({ agencyId: "installation", connectionId: id, field: "signing_key.private_key" });

function open(vault: Vault, row: SigningKeyRow): KeyPair | null {
  try {
    return { id: row.id, publicKey: row.publicKey, privateKey: vault.open(binding(row.id), row.privateKey) };
  } catch {
    return null;
  }
}

/** Made with this installation's encryption key, and by nobody else: what proves the public half in the same row. */
export function isOurs(vault: Vault, row: SigningKeyRow): boolean {
  const pair = open(vault, row);
  return pair !== null && keyIdOf(row.publicKey) === row.id && belongTogether(pair.privateKey, row.publicKey);
}

/** The newest key that this installation can use; the first time, one is made. */
export async function currentSigningKey(
  ctx: Pick<Ctx, "now"> & { services: { vault: Vault } },
  scope: Scope,
): Promise<KeyPair> {
  const { vault } = ctx.services;
  const find = async () =>
    (await selectSigningKeys(scope)).map((row) => open(vault, row)).find((pair) => pair !== null);
  const found = await find();
  if (found) return found;
  await lockSigningKeys(scope);
  const meanwhile = await find();
  if (meanwhile) return meanwhile;
  const made = newKeyPair();
  const privateKey = vault.seal(binding(made.id), made.privateKey);
  await insertSigningKey(scope, { id: made.id, publicKey: made.publicKey, privateKey, createdAt: ctx.now() });
  return made;
}

/** Seals every signing key anew under the newest encryption key. @returns how many no configured key opens */
export async function rotateSigningKeys(source: { database: Database; services: { vault: Vault } }): Promise<number> {
  const { vault } = source.services;
  return source.database.withSystem(async (scope) => {
    let failed = 0;
    for (const row of await selectSigningKeys(scope)) {
      const pair = open(vault, row);
      if (!pair) failed++;
      else if (vault.needsRotation(row.privateKey)) {
        await resealSigningKey(scope, row.id, vault.seal(binding(row.id), pair.privateKey));
      }
    }
    return failed;
  });
}
