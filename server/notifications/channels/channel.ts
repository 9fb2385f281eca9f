// What a channel is: a way for messages to leave the product.
import type { Services } from "../../core/context";
import type { MailLook } from "../../workspace";
import type { ChannelId, MessageAction, MessageKind, MessageSignal } from "../contract";

/** The messages of one person that go out together. */
export interface Post {
  /** The same over all attempts, so that a repeated one is known for what it is. */
  externalId: string;
  to: { name: string; address: string };
  /** At least one, oldest first. */
  messages: readonly PostedMessage[];
  /** Where links lead, without a trailing slash. */
  publicUrl: string;
  /** Of the brand it is about, where it is about one. */
  look: MailLook;
}

export interface PostedMessage {
  kind: MessageKind;
  signal: MessageSignal;
  title: string;
  body: string;
  action: MessageAction | null;
}

/** `later`: worth another attempt. `refused`: the other side will not take it. The note has no secrets. */
export type SendResult = { kind: "sent" } | { kind: "later" | "refused"; note: string };

export interface Channel {
  id: ChannelId;
  /** For people: "Email". */
  label: string;
  isReady(services: Services): boolean;
  send(services: Services, post: Post): Promise<SendResult>;
}

interface ChannelSpec<S> extends Pick<Channel, "id" | "label"> {
  /** What this installation sends with; nothing where the channel is not set up. */
  settings(services: Services): S | null | undefined;
  send(post: Post, settings: S): Promise<SendResult>;
}

export const defineChannel = <S>({ id, label, settings, send }: ChannelSpec<S>): Channel => ({
  id,
  label,
  isReady: (services) => Boolean(settings(services)),
  send: async (services, post) => {
    const found = settings(services);
    return found ? send(post, found) : { kind: "later", note: `${label} is not set up.` };
  },
});
