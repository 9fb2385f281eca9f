// The end of an export: what the file is, signed, kept and written to the audit log in one transaction.
import type { TxCtx } from "../core/context";
import type { NumbersNote } from "../core/query";
import { findAgency } from "../workspace";
import type { FormatId } from "./contract";
import { blockBytes, type Manifest } from "./manifest-contract";
import type { FileSource, Measured } from "./measure-file";
import { signManifest } from "./receipt";

/** What is known of a file before its first row: which list, which rows, which columns. */
export type Subject = Pick<Manifest, "list" | "address" | "filters" | "search" | "sort" | "words">;

/** A file that can be made, for the person whose rights it was planned with. */
export interface PlannedFile extends FileSource {
  subject: Subject;
  filename: string;
  /** What was so when it was planned; null: it holds no numbers. */
  note: NumbersNote | null;
  /** The same, read anew. */
  noteNow(tx: TxCtx): Promise<NumbersNote | null>;
}

interface Sealing {
  id: string;
  by: { id: string; name: string };
  format: FormatId;
  planned: PlannedFile;
  measured: Measured;
}

/** @param tx of the person it was written for: what they may see says what is noted */
export async function sealManifest(tx: TxCtx, { id, by, format, planned, measured }: Sealing) {
  const { subject, filename, columns, note } = planned;
  const { rows, ...hashes } = measured;
  const agency = await findAgency(tx);
  const noted = note && { ...note, changedMeanwhile: (await planned.noteNow(tx))?.dataVersion !== note.dataVersion };
  const manifest: Manifest = {
    type: "tidemark export 1",
    id,
    agency: { id: tx.agencyId, name: agency?.name ?? "" },
    by,
    seenAs: tx.viewingAs?.name ?? null,
    at: tx.now().toISOString(),
    ...subject,
    columns: columns.map(({ key, label, type, measure }) => ({ key, label, type, ...(measure ? { measure } : {}) })),
    rows,
    numbers: noted,
    file: { name: filename, format, ...hashes, blockBytes },
  };
  return { manifest, signed: await signManifest(tx, manifest), sha256: hashes.sha256 };
}
