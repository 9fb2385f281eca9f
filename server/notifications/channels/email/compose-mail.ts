// The words of a mail, as plain text and as simple HTML. Names and reasons in it come from elsewhere: all of it is escaped.
import { type MailLook, palettes } from "../../../workspace";
import { type MessageSignal, messageWords } from "../../contract";
import { oneLine } from "../../words";
import type { Post, PostedMessage } from "../channel";
import { buttonStyle, escaped, linked, page } from "./html";

export interface Mail {
  /** Without angle brackets. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** Where one says that one wants no more of these; a mail that is always sent has none. */
  unsubscribeUrl?: string;
  /** Name to send under; null: the installation's. */
  sender: string | null;
  /** PNG, named `logo` in the HTML. */
  logo: Buffer | null;
}

const longestSubject = 150;
/** More than anybody reads in a mail; the rest is in the inbox. */
const mostShown = 50;

const urgency: Record<MessageSignal, number> = { problem: 0, attention: 1, info: 2, ok: 3 };
const { problem, attention, ok } = palettes.light;
const colourOf = (signal: MessageSignal, { accent }: MailLook): string =>
  ({ problem, attention, ok, info: accent })[signal];

export function composeMail({ externalId, to, messages, publicUrl, look }: Post): Mail {
  const sorted = [...messages].sort((a, b) => urgency[a.signal] - urgency[b.signal]);
  const shown = sorted.slice(0, mostShown);
  const unsubscribeUrl = `${publicUrl}/profile`;
  const left = sorted.length - shown.length;
  const more = left > 0 ? `${left} more: ${publicUrl}/inbox` : "";
  const why = `You get this because you look after connections in ${look.productName}.`;
  const foot = [look.footer, `${why} Turn emails off under ${unsubscribeUrl}`].filter(Boolean).join("\n");
  return {
    messageId: externalId,
    to: { name: oneLine(to.name), address: to.address },
    subject: subjectOf(sorted),
    text: [...shown.map((message) => textOf(message, publicUrl)), more, `-- \n${foot}`].filter(Boolean).join("\n\n"),
    html: page([
      look.logo ? `<p><img src="cid:logo" alt="${escaped(look.productName)}" height="32"></p>` : "",
      ...shown.map((message) => htmlOf(message, publicUrl, look)),
      more && `<p>${linked(`${publicUrl}/inbox`, `${left} more in the inbox`, linkStyle(look))}</p>`,
      look.footer && `<p style="${footStyle}">${escaped(look.footer)}</p>`,
      `<p style="${footStyle}">${escaped(why)} ${linked(unsubscribeUrl, "Turn emails off", linkStyle(look))}</p>`,
    ]),
    unsubscribeUrl,
    sender: look.sender && oneLine(look.sender),
    logo: look.logo,
  };
}

function subjectOf(messages: readonly PostedMessage[]): string {
  const others = messages.length - 1;
  const tail = others > 0 ? ` and ${others} more ${others === 1 ? "message" : "messages"}` : "";
  const title = oneLine(messages[0]?.title ?? "");
  const room = longestSubject - tail.length;
  return `${title.length > room ? `${title.slice(0, room - 1)}…` : title}${tail}`;
}

const textOf = ({ kind, title, body, action }: PostedMessage, publicUrl: string): string =>
  [
    `${title} [${messageWords[kind]}]`,
    ...body.split("\n"),
    ...(action ? [`${action.label}: ${publicUrl}${action.path}`] : []),
  ].join("\n");

const htmlOf = ({ kind, signal, title, body, action }: PostedMessage, publicUrl: string, look: MailLook): string => {
  const colour = colourOf(signal, look);
  return [
    `<div style="margin:0 0 24px;padding:0 0 0 12px;border-left:3px solid ${colour}">`,
    `<p style="margin:0;color:${colour};font-size:12px">${escaped(messageWords[kind])}</p>`,
    `<h2 style="margin:0 0 4px;font-size:16px">${escaped(title)}</h2>`,
    ...body.split("\n").map((line) => `<p style="margin:0 0 4px">${escaped(line)}</p>`),
    action
      ? `<p style="margin:12px 0 0">${linked(`${publicUrl}${action.path}`, action.label, buttonStyle(look))}</p>`
      : "",
    "</div>",
  ].join("\n");
};

const linkStyle = ({ accent }: MailLook): string => `color:${accent}`;
const footStyle = `color:${palettes.light.muted};font-size:12px`;
