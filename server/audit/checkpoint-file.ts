// Checkpoints outside the database: one file an agency, one line a checkpoint. A database that is put back to an older day,
// or rewritten with everything in it, does not fit them any more.
import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SignedCheckpoint } from "./signing";

export const FiledCheckpoint = z.object({
  agencyId: z.string(),
  seq: z.number(),
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
  publicKey: z.string(),
});
export type FiledCheckpoint = z.infer<typeof FiledCheckpoint>;

const fileOf = (folder: string, agencyId: string) => join(folder, `${agencyId}.jsonl`);

/** @returns null for a line that cannot be read */
export async function readCheckpoints(folder: string, agencyId: string): Promise<(FiledCheckpoint | null)[]> {
  const text = await readFile(fileOf(folder, agencyId), "utf8").catch(orNothing(""));
  return text.split("\n").flatMap((line) => (line.trim() ? [readLine(line)] : []));
}

function readLine(line: string): FiledCheckpoint | null {
  try {
    return FiledCheckpoint.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Adds those that the file does not hold yet: also what a process that was killed could not write. */
export async function fileCheckpoints(
  folder: string,
  agencyId: string,
  checkpoints: (SignedCheckpoint & { publicKey: string })[],
): Promise<void> {
  const known = new Set((await readCheckpoints(folder, agencyId)).map((line) => line?.signature));
  const missing = checkpoints.filter(({ signature }) => !known.has(signature));
  if (missing.length === 0) return;
  await mkdir(folder, { recursive: true });
  const lines = missing.map((checkpoint) => `${JSON.stringify(checkpoint)}\n`).join("");
  await appendFile(fileOf(folder, agencyId), lines, { mode: 0o600 });
}

export async function filedAgencies(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(orNothing<string[]>([]));
  return names.flatMap((name) => (name.endsWith(".jsonl") ? [name.slice(0, -".jsonl".length)] : []));
}

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return nothing;
    throw error;
  };
}
