// What the browser may know of saved views.
import { z } from "zod";

const id = z.uuid({ error: "This is not an id." });
const ViewName = z
  .string({ error: "Give the view a name." })
  .trim()
  .min(1, { error: "Give the view a name." })
  .max(80, { error: "Use at most 80 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });
/** The query string of the page, without its page number. */
const Query = z.string().max(4_000, { error: "This view is too long to save." });

export const SavedView = z.object({
  id: z.string(),
  /** The list it is a view of. */
  resource: z.string(),
  name: z.string(),
  query: z.string(),
  /** Everybody of the agency's staff sees it. */
  shared: z.boolean(),
  /** Opens first for its owner. */
  isDefault: z.boolean(),
  /** Whether it is the viewer's own. */
  own: z.boolean(),
  createdAt: z.string(),
  version: z.number().int(),
});
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewCreate = z.strictObject({
  resource: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { error: "This is not the name of a list." }),
  name: ViewName,
  query: Query,
  shared: z.boolean().default(false),
  isDefault: z.boolean().default(false),
});
export const SavedViewUpdate = z.strictObject({
  id,
  version: z.int({ error: "Give the version you saw." }),
  name: ViewName.optional(),
  query: Query.optional(),
  shared: z.boolean().optional(),
  isDefault: z.boolean().optional(),
});
export const SavedViewMove = z.strictObject({ id });
