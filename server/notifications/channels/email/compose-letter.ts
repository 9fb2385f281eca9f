// A mail of the product itself: a few lines and at most one link.
import type { Letter } from "../../../core/letters";
import { palettes } from "../../../workspace";
import { oneLine } from "../../words";
import type { Mail } from "./compose-mail";
import { buttonStyle, escaped, linked, page } from "./html";

const ownLook = { accent: palettes.light.accent, onAccent: "#ffffff", radius: 6 };

export function composeLetter(
  { id, to, name, subject, lines, action }: Letter & { id: string },
  publicUrl: string,
): Mail {
  const foot = "Tidemark sends this because of something done there with your address.";
  return {
    messageId: `${id}@${new URL(publicUrl).hostname}`,
    to: { name: oneLine(name), address: to },
    subject: oneLine(subject),
    text: [...lines, action && `${action.label}: ${action.url}`, `-- \n${foot}`].filter(Boolean).join("\n\n"),
    html: page([
      ...lines.map((line) => `<p style="margin:0 0 12px">${escaped(line)}</p>`),
      action ? `<p style="margin:16px 0">${linked(action.url, action.label, buttonStyle(ownLook))}</p>` : "",
      action ? `<p style="color:#5b6472;font-size:12px;word-break:break-all">${escaped(action.url)}</p>` : "",
      `<p style="color:#5b6472;font-size:12px">${escaped(foot)}</p>`,
    ]),
    sender: null,
    logo: null,
  };
}
