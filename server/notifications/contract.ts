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
  "api-key.expiring",
]);
export type MessageKind = z.infer<typeof MessageKind>;

export const MessageSignal = z.enum(["ok", "attention", "problem", "info"]);
export type MessageSignal = z.infer<typeof MessageSignal>;

/** What each kind is called in a word or two, beside its signal. */
export const messageWords: Record<MessageKind, string> = {
  "connection.degraded": "Degraded",
  "connection.needs_reconsent": "Consent needed",
  "connection.recovered": "Works again",
  "connection.consent_ending": "Consent ends soon",
  "connection.client_rejected": "All refreshes wait",
  "connection.client_accepted": "Works again",
  "api-key.expiring": "Key expires soon",
};

/** A label and a path of this product. */
export const MessageAction = z.object({ label: z.string(), path: z.string().startsWith("/") });
export type MessageAction = z.infer<typeof MessageAction>;

export const MessageSubject = z.object({ type: z.string(), id: z.string(), label: z.string().optional() });
export type MessageSubject = z.infer<typeof MessageSubject>;

export const Message = z.object({
  id: z.uuid(),
  kind: MessageKind,
  signal: MessageSignal,
  title: z.string(),
  /** Plain text; a line a paragraph. */
  body: z.string(),
  /** The one button. */
  action: MessageAction.nullable(),
  /** What it is about. */
  subject: MessageSubject,
  /** When it happened. */
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type Message = z.infer<typeof Message>;

export const MessageId = z.strictObject({ id: z.uuid() });

/** The ways a message leaves the product; the inbox has every message. */
export const ChannelId = z.enum(["email"]);
export type ChannelId = z.infer<typeof ChannelId>;

export const NotificationPreferences = z.object({
  /** The only id is `me`. */
  id: z.string(),
  /** Whether messages are sent by email too. */
  email: z.boolean(),
  /** Where emails go. */
  address: z.string(),
  /** Whether this installation can send email at all. */
  emailReady: z.boolean(),
});
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

/** A mail that waits on the outbox page, where this installation has no mail server. */
export interface OutboxMail {
  id: string;
  to: string;
  name: string;
  subject: string;
  createdAt: string;
  /** A line a paragraph. */
  lines: string[];
  action: { label: string; url: string } | null;
}
