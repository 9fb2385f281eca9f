// A mail server on loopback that keeps what it is given, and answers as it is told.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach } from "vitest";

export interface ReceivedMail extends Email {
  /** Who it really went to, whatever its headers say. */
  recipients: string[];
  raw: string;
}

export interface MailServer {
  url: string;
  mails: ReceivedMail[];
  /** Codes for the next mails, such as 451 or 550, at their end; then they are taken again. */
  refuseNext(...codes: number[]): void;
  /** The same, at the recipient. */
  refuseRecipients(code: number | null): void;
}

function refusal(code: number): Error {
  return Object.assign(new Error(`${code} said by the test`), { responseCode: code });
}

/** Started before the file's tests, empty for each, closed after them. */
export function testMailServer(): () => MailServer {
  const mails: ReceivedMail[] = [];
  const codes: number[] = [];
  let recipientCode: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onRcptTo: (_, __, done) => done(recipientCode === null ? null : refusal(recipientCode)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const code = codes.shift();
        if (code !== undefined) return done(refusal(code));
        const raw = Buffer.concat(chunks).toString();
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        void PostalMime.parse(raw).then((mail) => {
          mails.push({ ...mail, recipients, raw });
          done();
        }, done);
      });
    },
  });
  let url = "";
  beforeAll(async () => {
    const listening = server.listen(0, "127.0.0.1");
    await once(listening, "listening");
    url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    mails.length = 0;
    codes.length = 0;
    recipientCode = null;
  });
  afterAll(() => new Promise<void>((done) => server.close(() => done())));
  return () => ({
    url,
    mails,
    refuseNext: (...next) => codes.push(...next),
    refuseRecipients: (code) => {
      recipientCode = code;
    },
  });
}
