// What an exported file is, and the signature that proves it. `docs/recipes/verify-a-file.md` says how one is checked.
import { z } from "zod";
import { formatIds } from "./contract";

const Days = z.strictObject({ from: z.string(), to: z.string() });
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is no SHA-256 in hex");

/** What was so of the numbers when they left. Days are those of `zones`, moments ISO 8601 in UTC. */
const Numbers = z.strictObject({
  range: Days.extend({ id: z.string() }),
  compare: Days.nullable(),
  /** The moment they are seen as of; null: as they were when the file was written. */
  asOf: z.string().nullable(),
  sameAge: z.boolean(),
  zones: z.array(z.string()),
  dataVersion: z.string(),
  syncedAt: z.string().nullable(),
  dataThrough: z.string().nullable(),
  partialDay: z.string().nullable(),
  /** By settle rule: the share of the range's days that Amazon no longer restates, and when the last of them settles. */
  settled: z.array(z.strictObject({ rule: z.string(), share: z.number(), until: z.string().nullable() })),
  moneyHidden: z.boolean(),
  /** How money was made one currency's; null, and left out of older receipts: it is as it was paid. */
  conversion: z
    .strictObject({
      to: z.string(),
      from: z.array(z.string()),
      rates: Days.nullable(),
      oldestAge: z.int(),
      missingDays: z.int(),
      missing: z.strictObject({ day: z.string(), until: z.string(), currency: z.string() }).nullable(),
    })
    .nullable()
    .optional(),
  /** Whether an answer of Amazon's came while the file was written: its first rows may be older than its last. */
  changedMeanwhile: z.boolean(),
});

const File = z.strictObject({
  name: z.string(),
  format: z.enum(formatIds),
  bytes: z.int().min(0),
  sha256: Sha256,
  /** The SHA-256 of each piece of `blockBytes`, so that it can be said where a file differs. */
  blockBytes: z.int().min(1),
  blocks: z.array(Sha256),
});

export const Manifest = z.strictObject({
  type: z.literal("tidemark export 1"),
  id: z.uuid(),
  agency: z.strictObject({ id: z.uuid(), name: z.string() }),
  by: z.strictObject({ id: z.string(), name: z.string() }),
  /** The member through whose eyes they looked. */
  seenAs: z.string().nullable(),
  at: z.string(),
  list: z.strictObject({ name: z.string(), title: z.string() }),
  /** What gives the same list again, under the product's address. */
  address: z.string(),
  filters: z.array(
    z.strictObject({ field: z.string(), label: z.string(), operator: z.string(), values: z.array(z.string()) }),
  ),
  search: z.string().nullable(),
  sort: z.strictObject({ field: z.string(), order: z.enum(["asc", "desc"]) }).nullable(),
  /** Filters, search and order in words. */
  words: z.string(),
  columns: z.array(
    z.strictObject({
      key: z.string(),
      label: z.string(),
      type: z.string(),
      /** Of a metric: its unit, and how it is worked out of sums. */
      measure: z.strictObject({ unit: z.string(), formula: z.string() }).optional(),
    }),
  ),
  rows: z.int().min(0),
  /** Null: the list is none of numbers. */
  numbers: Numbers.nullable(),
  file: File,
});
export type Manifest = z.infer<typeof Manifest>;

export const Receipt = z.strictObject({
  manifest: Manifest,
  /** Of the installation's key: its id, its public half (SPKI, base64), and Ed25519 over the manifest, base64. */
  keyId: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

/** A file as somebody has it. */
export const HeldFile = z.strictObject({
  bytes: z.int().min(0),
  sha256: Sha256,
  /** Of each piece of 1 MiB. */
  blocks: z
    .array(Sha256)
    .max(3_000, "holds at most 3,000 pieces: check a larger file with `ops export verify`")
    .optional(),
});
export type HeldFile = z.infer<typeof HeldFile>;

export const blockBytes = 1024 * 1024;

/** A receipt of another kind of thing is told apart from one that was changed, so it is read by the check itself. */
export const VerifyAsk = z
  .strictObject({ file: HeldFile.optional(), receipt: z.unknown().optional() })
  .refine(({ file, receipt }) => file || receipt, { error: "Give a file, a receipt, or both.", path: ["file"] });

/**
 * `whole`: as it was written. `differs`: not; `problems` says how. `unknown`: no receipt here is of this file.
 * `signed`: only a receipt was given, and it is as it was signed.
 */
export interface Verdict {
  outcome: "whole" | "signed" | "differs" | "unknown";
  problems: string[];
  manifest: Manifest | null;
  /** In place of the manifest, where the receipt was looked up and is another person's. */
  others?: { list: string; at: string; sha256: string } | null;
}
