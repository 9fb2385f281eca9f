// What a message shows wherever it stands: its signal in a word, its one button, its read mark.
import { type Message, type MessageKind, messageWords } from "#server/notifications/contract";
import { LinkButton } from "~/ui/link-button";
import { StatusTag } from "~/ui/status-tag";

export const MessageSignalTag = ({ message: { signal, kind } }: { message: Message }) => (
  <StatusTag signal={signal}>{messageWords[kind]}</StatusTag>
);

/** Where somebody must do something; elsewhere the button is only a way to look. */
const asked: readonly MessageKind[] = [
  "connection.needs_reconsent",
  "connection.consent_ending",
  "connection.client_rejected",
];

/** Names need not be as short as a button is. */
export function MessageButton({ message, onGo }: { message: Message; onGo: () => void }) {
  const { action, readAt, kind } = message;
  if (!action) return null;
  const urgent = !readAt && asked.includes(kind);
  return (
    <LinkButton
      size="small"
      type={urgent ? "primary" : "default"}
      to={action.path}
      onGo={onGo}
      className="tm-message-act"
    >
      <span>{action.label}</span>
    </LinkButton>
  );
}

export const UnreadMark = () => (
  <span className="tm-unread">
    <span className="tm-unseen">Unread:</span>
  </span>
);
