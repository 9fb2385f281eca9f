// What the browser may know of annotations: what people wrote on days, and what happened on them. Days are those of the account's zone.
import { z } from "zod";
import { Day, Moment } from "./contract";

/** `note` is written by people; the others are read from what is stored anyway. */
export const annotationKinds = ["note", "change", "consent", "gap", "restatement"] as const;
export const AnnotationKind = z.enum(annotationKinds);
export type AnnotationKind = z.infer<typeof AnnotationKind>;

export const Annotation = z.object({
  /** A note's is a uuid; the others' begin with their kind. */
  id: z.string(),
  kind: AnnotationKind,
  from: Day,
  to: Day,
  text: z.string(),
  scope: z.enum(["agency", "brand", "campaign"]),
  brandId: z.uuid().nullable(),
  /** The brand, the campaign or the account it is about, by name; null: the whole agency. */
  about: z.string().nullable(),
  /** `<account>:<id at Amazon>` */
  campaignId: z.string().nullable(),
  /** Who wrote it, or made the change. */
  author: z.string().nullable(),
  at: Moment,
  /** Where more is said of it. */
  more: z
    .object({ resource: z.enum(["change-sets", "connections", "restatements", "sync-runs"]), id: z.string() })
    .nullable(),
  /** Of a note: what a change of it must name. */
  version: z.int().nullable(),
  /** Whether this reader may change it. */
  mayChange: z.boolean(),
});
export type Annotation = z.infer<typeof Annotation>;

const longest = 500;
const NoteText = z
  .string({ error: "Write what happened." })
  .trim()
  .min(1, { error: "Write what happened." })
  .max(longest, { error: `Use at most ${longest} characters.` });
const NoteDay = z.iso.date({ error: "Give a day as YYYY-MM-DD." });
const id = z.uuid({ error: "This is not an id." });

/** Without a brand and a campaign it is about the whole agency. */
export const AnnotationCreate = z.strictObject({
  from: NoteDay,
  /** The same day where left out. */
  to: NoteDay.optional(),
  text: NoteText,
  brandId: id.optional(),
  campaignId: z.string().optional(),
});
export const AnnotationUpdate = z.strictObject({
  id,
  version: z.int({ error: "Give the version you saw." }),
  from: NoteDay.optional(),
  to: NoteDay.optional(),
  text: NoteText.optional(),
});
export const AnnotationRemove = z.strictObject({ id });
