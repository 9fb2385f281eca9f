import { resource } from "../core/resource";
import { Message, MessageKind, MessageSignal, NotificationPreferences } from "./contract";
import { getMessage, listMessages } from "./list-messages";
import { readAllMessages, readMessage, unreadMessage } from "./mark-messages";
import { getNotificationPreferences, updateNotificationPreferences } from "./preferences";

export const messagesResource = resource({
  name: "messages",
  title: "Message",
  description: "What the viewer was told: what happened since when, what it affects, and the one thing to do.",
  item: Message,
  list: {
    permission: "profile.read",
    filter: {
      id: "id",
      kind: MessageKind.options,
      signal: MessageSignal.options,
      read: "boolean",
      createdAt: "date",
    },
    sort: ["createdAt"],
    run: listMessages,
  },
  get: { permission: "profile.read", run: getMessage },
  actions: { read: readMessage, unread: unreadMessage },
  collectionActions: { "read-all": readAllMessages },
});

export const notificationPreferencesResource = resource({
  name: "notification-preferences",
  title: "Notification preferences",
  description: "Where the viewer wants to hear of things besides the inbox. The only id is `me`.",
  item: NotificationPreferences,
  get: { permission: "profile.read", run: getNotificationPreferences },
  update: updateNotificationPreferences,
});
