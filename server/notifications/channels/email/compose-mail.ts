// The words of a mail, as plain text and as simple HTML. Names and reasons in it come from elsewhere: all of it is escaped.
import { type MessageSignal, messageWords } from "../../contract";
import { oneLine } from "../../words";
import type { Post, PostedMessage } from "../channel";

export interface Mail {
  /** Without angle brackets. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** Where one says that one wants no more of these. */
  unsubscribeUrl: string;
}

const longestSubject = 150;
/** More than anybody reads in a mail; the rest is in the inbox. */
const mostShown = 50;

const urgency: Record<MessageSignal, number> = { problem: 0, attention: 1, info: 2, ok: 3 };
const colours: Record<MessageSignal, string> = {
  problem: "#b42318",
  attention: "#9a6700",
  info: "#0b6e75",
  ok: "#1a7f4b",
};

export function composeMail({ externalId, to, messages, publicUrl }: Post): Mail {
  const sorted = [...messages].sort((a, b) => urgency[a.signal] - urgency[b.signal]);
  const shown = sorted.slice(0, mostShown);
  const unsubscribeUrl = `${publicUrl}/profile`;
  const left = sorted.length - shown.length;
  const more = left > 0 ? `${left} more: ${publicUrl}/inbox` : "";
  const foot = `You get this because you look after connections in Tidemark. Turn emails off under ${unsubscribeUrl}`;
  return {
    messageId: externalId,
    to: { name: oneLine(to.name), address: to.address },
    subject: subjectOf(sorted),
    text: [...shown.map((message) => textOf(message, publicUrl)), more, `-- \n${foot}`].filter(Boolean).join("\n\n"),
    html: page([
      ...shown.map((message) => htmlOf(message, publicUrl)),
      more && `<p>${linked(`${publicUrl}/inbox`, `${left} more in the inbox`)}</p>`,
      `<p style="color:#5b6472;font-size:12px">You get this because you look after connections in Tidemark. ${linked(unsubscribeUrl, "Turn emails off")}</p>`,
    ]),
    unsubscribeUrl,
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

const htmlOf = ({ kind, signal, title, body, action }: PostedMessage, publicUrl: string): string =>
  [
    `<div style="margin:0 0 24px;padding:0 0 0 12px;border-left:3px solid ${colours[signal]}">`,
    `<p style="margin:0;color:${colours[signal]};font-size:12px">${escaped(messageWords[kind])}</p>`,
    `<h2 style="margin:0 0 4px;font-size:16px">${escaped(title)}</h2>`,
    ...body.split("\n").map((line) => `<p style="margin:0 0 4px">${escaped(line)}</p>`),
    action ? `<p style="margin:12px 0 0">${linked(`${publicUrl}${action.path}`, action.label, buttonStyle)}</p>` : "",
    "</div>",
  ].join("\n");

const buttonStyle =
  "display:inline-block;padding:6px 14px;border-radius:6px;background:#0b6e75;color:#ffffff;text-decoration:none";

const page = (parts: string[]): string =>
  `<!doctype html>\n<html lang="en"><body style="margin:0;padding:24px;background:#ffffff;color:#16191f;font:14px/22px Inter,system-ui,sans-serif">\n<div style="max-width:600px">\n${parts.filter(Boolean).join("\n")}\n</div>\n</body></html>\n`;

const linked = (url: string, words: string, style = "color:#0b6e75"): string =>
  `<a href="${escaped(url)}" style="${style}">${escaped(words)}</a>`;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
