// A message before it has a recipient.
import type { MessageAction, MessageKind, MessageSignal, MessageSubject } from "./contract";

export interface News {
  kind: MessageKind;
  signal: MessageSignal;
  title: string;
  body: string;
  action: MessageAction;
  subject: MessageSubject;
  /** The same news told twice has the same key. */
  dedupeKey: string;
  /** When it happened; null: now. */
  at: string | null;
}

/** The owner of a connection who cannot be told. */
export interface ConnectionOwner {
  name: string | null;
  why: "suspended" | "gone" | "no_permission";
}
