import { z } from "zod";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { requirePerson } from "../identity";
import { channels } from "./channels";
import type { NotificationPreferences } from "./contract";
import { withdrawWaiting } from "./delivery-store";
import { findAddressee, storePreferences } from "./preference-store";

const isReady = (tx: TxCtx, channel: string): boolean =>
  channels.some(({ id, isReady }) => id === channel && isReady(tx.services));

/** Where the viewer wants to hear of things; the only id is `me`. */
export async function getNotificationPreferences(tx: TxCtx, id: string): Promise<NotificationPreferences> {
  const person = id === "me" ? await findAddressee(tx, requirePerson(tx).userId) : null;
  if (!person) throw notFound("These preferences");
  return { id, ...person.wanted, address: person.address, emailReady: isReady(tx, "email") };
}

export const updateNotificationPreferences = command({
  name: "notification-preferences.update",
  permission: "profile.write",
  input: z.strictObject({
    id: z.literal("me", { error: "The only preferences here are your own: me." }),
    email: z.boolean({ error: "Say true or false." }),
  }),
  run: async (tx, { id, email }) => {
    const { userId, name } = requirePerson(tx);
    const before = await getNotificationPreferences(tx, id);
    if (before.email === email) return { result: before, audit: null };
    await storePreferences(tx, userId, { email });
    if (!email) await withdrawWaiting(tx, { userId, channel: "email" });
    return {
      result: { ...before, email },
      audit: {
        action: "user.notifications_changed",
        target: { type: "user", id: userId, label: name },
        before: { email: before.email },
        after: { email },
      },
    };
  },
});
