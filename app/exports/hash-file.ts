// The SHA-256 of a file, in the browser: the file itself goes nowhere. Not the browser's own: that one takes whole files only, and is
// missing where the page came without TLS.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { blockBytes, type HeldFile } from "#server/exports/manifest-contract";

/** A request holds the sums of this many pieces of 1 MiB. */
const mostBlocks = 3_000;

/** @param progress told how much of it is read, 0 to 1 */
export async function hashFile(file: File, progress: (share: number) => void): Promise<HeldFile> {
  const whole = sha256.create();
  const blocks: string[] = [];
  for (let at = 0; at === 0 || at < file.size; at += blockBytes) {
    const piece = new Uint8Array(await file.slice(at, at + blockBytes).arrayBuffer());
    whole.update(piece);
    blocks.push(bytesToHex(sha256(piece)));
    progress(Math.min(1, (at + blockBytes) / file.size));
  }
  return {
    bytes: file.size,
    sha256: bytesToHex(whole.digest()),
    ...(blocks.length <= mostBlocks ? { blocks } : {}),
  };
}
