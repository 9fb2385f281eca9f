// The installation's signature under a text of another slice, and whose a signature is.
import type { TxCtx } from "../core/context";
import { selectSigningKeys } from "./chain-store";
import { signatureOf } from "./signing";
import { currentSigningKey, isOurs } from "./signing-keys";

export interface Signed {
  /** Of the key that signed. */
  keyId: string;
  publicKey: string;
  /** Ed25519 over the text, base64. */
  signature: string;
}

/** The text says first what it is, so that no signature can stand under another kind of text. */
export async function signText(tx: TxCtx, text: string): Promise<Signed> {
  const key = await currentSigningKey(tx, tx);
  return { keyId: key.id, publicKey: key.publicKey, signature: signatureOf(text, key) };
}

/** The public key of that id, where it is this installation's. */
export async function ownPublicKey(tx: TxCtx, keyId: string): Promise<string | null> {
  const row = (await selectSigningKeys(tx)).find(({ id }) => id === keyId);
  return row && isOurs(tx.services.vault, row) ? row.publicKey : null;
}
