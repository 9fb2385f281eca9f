// A receipt: the manifest under the installation's signature. Needs no database to be checked.
import { canonicalText, isSignatureOf, keyIdOf, signText } from "../audit";
import type { TxCtx } from "../core/context";
import { type HeldFile, type Manifest, Receipt, type Verdict } from "./manifest-contract";

const textOf = (manifest: Manifest): string => `tidemark export receipt 1\n${canonicalText(manifest)}`;

export const signManifest = (tx: TxCtx, manifest: Manifest) => signText(tx, textOf(manifest));

interface Given {
  /** As it came: nothing of it is believed. */
  receipt: unknown;
  file: HeldFile | null;
  /** The public key to believe for that id; null: it is not ours. */
  believe(keyId: string, publicKey: string): Promise<string | null> | string | null;
}

/** Holds a file against a receipt, and the receipt against its signature. */
export async function checkReceipt({ receipt, file, believe }: Given): Promise<Verdict> {
  const read = Receipt.safeParse(receipt);
  if (!read.success) {
    const where = read.error.issues.map(({ path, message }) => `${path.join(".") || "receipt"}: ${message}`);
    return differs(["This is no receipt of an export, or it was changed.", ...where.slice(0, 5)], null);
  }
  const { manifest, keyId, publicKey, signature } = read.data;
  const key = await believe(keyId, publicKey);
  if (key === null || keyIdOf(key) !== keyId) {
    return differs([`The receipt is signed by the key ${keyId}, which is not this installation's.`], manifest);
  }
  if (!isSignatureOf(textOf(manifest), signature, key)) {
    return differs(["The receipt is not as it was signed: something in it was changed."], manifest);
  }
  if (!file) return { outcome: "signed", problems: [], manifest };
  const problems = differences(manifest, file);
  return { outcome: problems.length > 0 ? "differs" : "whole", problems, manifest };
}

const differs = (problems: string[], manifest: Manifest | null): Verdict => ({
  outcome: "differs",
  problems,
  manifest,
});

const count = (value: number) => value.toLocaleString("en");

function differences({ file: written }: Manifest, held: HeldFile): string[] {
  if (held.sha256 === written.sha256 && held.bytes === written.bytes) return [];
  const problems = [`The SHA-256 of the file is ${held.sha256}; the receipt says ${written.sha256}.`];
  const more = held.bytes - written.bytes;
  if (more !== 0) {
    problems.push(
      `The file has ${count(held.bytes)} bytes, ${count(Math.abs(more))} ${more > 0 ? "more" : "fewer"} than the ${count(written.bytes)} that were written.`,
    );
  }
  const at = held.blocks?.findIndex((block, index) => block !== written.blocks[index]) ?? -1;
  if (at >= 0) {
    problems.push(
      at < written.blocks.length
        ? `It first differs between the bytes ${count(at * written.blockBytes)} and ${count(Math.min((at + 1) * written.blockBytes, held.bytes))}; all before are as they were written.`
        : "All that was written is there; something was added at the end.",
    );
  } else if (held.blocks && more < 0) problems.push("What is there is as it was written; the end was cut off.");
  return problems;
}
