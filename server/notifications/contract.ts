// What the browser may know of messages. Moments are ISO 8601 in UTC.
import { z } from "zod";

/** What happened. */
export const MessageKind = z.enum([
  "connection.degraded",
  "connection.needs_reconsent",
  "connection.recovered",
  "connection.consent_ending",
  "connection.client_rejected",
  "connection.client_accepted",
]);
export type MessageKind = z.infer<typeof MessageKind>;

/** A label and a path of this product. */
export const MessageAction = z.object({ label: z.string(), path: z.string().startsWith("/") });
export type MessageAction = z.infer<typeof MessageAction>;

export const MessageSubject = z.object({ type: z.string(), id: z.string(), label: z.string().optional() });
export type MessageSubject = z.infer<typeof MessageSubject>;
