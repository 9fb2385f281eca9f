// Hands one mail to the mail server, and says what its answer means.
import type { SMTPTransportOptions } from "nodemailer";
import { oneLine } from "../../words";
import type { SendResult } from "../channel";
import type { Mail } from "./compose-mail";

export interface MailSettings {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  smtpUrl: string;
  /** "Tidemark <tidemark@agency.example>". */
  from: string;
}

const connectMs = 10_000;
const silenceMs = 20_000;
/** All of it; a server that answers a byte at a time is not waited for. */
const patienceMs = 90_000;

/** Without the name before it. */
const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;

export async function sendMail(mail: Mail, settings: MailSettings): Promise<SendResult> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(optionsOf(settings.smtpUrl));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The mail server did not finish in 90 seconds.")), patienceMs);
  });
  const sending = transport.sendMail({
    from: mail.sender ? { name: mail.sender, address: addressOf(settings.from) } : settings.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.logo ? [{ filename: "logo.png", content: mail.logo, contentType: "image/png", cid: "logo" }] : [],
    messageId: `<${mail.messageId}>`,
    ...(mail.unsubscribeUrl
      ? { list: { unsubscribe: { url: mail.unsubscribeUrl, comment: "Notifications in your profile" } } }
      : {}),
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await Promise.race([sending, late]);
    return { kind: "sent" };
  } catch (error) {
    return resultOf(error);
  } finally {
    clearTimeout(timer);
    sending.catch(() => {});
    transport.close();
  }
}

const loopback = ["localhost", "127.0.0.1", "[::1]"];

function optionsOf(smtpUrl: string): SMTPTransportOptions {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  const isHere = loopback.includes(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    // A password goes over the network only where nobody can read it; a relay on this machine has no certificate to check.
    requireTLS: Boolean(username) && !secure && !isHere,
    ignoreTLS: isHere && !secure,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
  };
}

/** What nodemailer hangs on its errors. */
interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/** About this mail rather than about us or the way there. */
const aboutTheMail = ["EENVELOPE", "EMESSAGE"];
/** Said of a mail, meant for us: sign in first, or in another way. An operator can put that right. */
const aboutSignIn = [530, 534, 535, 538];

/** Only a plain 5xx about the mail itself stops it. */
function resultOf(error: unknown): SendResult {
  const { code = "", responseCode, response, message } = error as SmtpError;
  const transient = responseCode !== undefined && (responseCode < 500 || aboutSignIn.includes(responseCode));
  const kind = aboutTheMail.includes(code) && !transient ? "refused" : "later";
  const said = oneLine(response || message || code).slice(0, 200);
  return { kind, note: response ? `The mail server answered: ${said}` : `The mail could not be handed over: ${said}` };
}
