// One's own marks on one's own messages: nothing of the agency changes, so the audit log has no row of them.
import { z } from "zod";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { requirePerson } from "../identity";
import { type Message, MessageId } from "./contract";
import { getMessage } from "./list-messages";
import { markMessages } from "./message-store";

async function mark(tx: TxCtx, id: string, readAt: Date | null): Promise<{ result: Message; audit: null }> {
  await getMessage(tx, id);
  const changed = await markMessages(tx, requirePerson(tx).userId, { id, readAt });
  if (changed.length > 0) await tx.changed("messages", changed);
  return { result: await getMessage(tx, id), audit: null };
}

export const readMessage = command({
  name: "message.read",
  permission: "profile.write",
  input: MessageId,
  run: (tx, { id }) => mark(tx, id, tx.now()),
});

export const unreadMessage = command({
  name: "message.unread",
  permission: "profile.write",
  input: MessageId,
  run: (tx, { id }) => mark(tx, id, null),
});

export const readAllMessages = command({
  name: "message.read-all",
  permission: "profile.write",
  input: z.strictObject({}),
  run: async (tx) => {
    const changed = await markMessages(tx, requirePerson(tx).userId, { readAt: tx.now() });
    if (changed.length > 0) await tx.changed("messages", changed);
    return { result: { marked: changed.length }, audit: null };
  },
});
