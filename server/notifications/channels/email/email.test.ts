import { createServer } from "node:net";
import { expect, test } from "vitest";
import { testMailServer } from "../../../../tests/support/mail-server";
import { mailLookOf } from "../../../workspace";
import { defaultSettings } from "../../../workspace/theme-contract";
import type { Post, PostedMessage } from "../channel";
import { composeMail } from "./compose-mail";
import { sendMail } from "./send-mail";

const server = testMailServer();
const from = "Tidemark <tidemark@agency.example>";

const aMessage = (more: Partial<PostedMessage> = {}): PostedMessage => ({
  kind: "connection.degraded",
  signal: "attention",
  title: "Ava Brandt: token not refreshed",
  body: "Since 20 Nov 2026, 11:22 UTC.\nNothing needs to be done yet.",
  action: { label: "Open Ava Brandt", path: "/connections/1?a=1&b=2" },
  ...more,
});

const aPost = (messages: PostedMessage[], more: Partial<Post> = {}): Post => ({
  externalId: "delivery-1@tidemark.example.com",
  to: { name: "Olive Owner", address: "olive@agency.example" },
  messages,
  publicUrl: "https://tidemark.example.com",
  look: mailLookOf(defaultSettings, null),
  ...more,
});

const send = (post: Post, smtpUrl = server().url) => sendMail(composeMail(post), { smtpUrl, from });

test("a mail has both parts, a link to the action, a stable id and a way out", async () => {
  expect(await send(aPost([aMessage()]))).toEqual({ kind: "sent" });
  const [mail] = server().mails;
  expect(mail).toMatchObject({
    recipients: ["olive@agency.example"],
    subject: "Ava Brandt: token not refreshed",
    messageId: "<delivery-1@tidemark.example.com>",
    from: { address: "tidemark@agency.example", name: "Tidemark" },
  });
  const header = (key: string) => mail?.headers.find((one) => one.key === key)?.value;
  expect(header("list-unsubscribe")).toContain("<https://tidemark.example.com/profile>");
  expect(header("auto-submitted")).toBe("auto-generated");
  expect(mail?.text).toContain("Open Ava Brandt: https://tidemark.example.com/connections/1?a=1&b=2");
  expect(mail?.html).toContain('href="https://tidemark.example.com/connections/1?a=1&amp;b=2"');
  expect(mail?.text).toContain("Degraded");
});

test("a mail in a brand's look has its sender, colours, logo and footer, escaped like everything else", async () => {
  const settings = {
    ...defaultSettings,
    productName: "Acme <Desk>",
    mailSender: "Acme Reports",
    accent: { light: "#7a1fa2", dark: "#d9a3f0" },
    radius: 0,
    footer: "Acme GmbH & Co",
  };
  const look = mailLookOf(settings, Buffer.from("\x89PNG picture"));
  expect(await send(aPost([aMessage({ signal: "info" })], { look }))).toEqual({ kind: "sent" });
  const [mail] = server().mails;
  expect(mail?.from).toEqual({ name: "Acme Reports", address: "tidemark@agency.example" });
  expect(mail?.html).toContain("border-radius:0px;background:#7a1fa2;color:#ffffff");
  expect(mail?.html).toContain('src="cid:logo" alt="Acme &lt;Desk&gt;"');
  expect(mail?.html).toContain("Acme GmbH &amp; Co");
  expect(mail?.html).not.toMatch(/#0b6e75|Tidemark/);
  expect(mail?.text).toContain("Acme GmbH & Co");
  expect(mail?.attachments).toMatchObject([{ mimeType: "image/png", contentId: "<logo>" }]);
});

test("several messages are one mail, the most urgent first", async () => {
  const urgent = aMessage({ kind: "connection.needs_reconsent", signal: "problem", title: "Bo must consent again" });
  await send(aPost([aMessage(), urgent, aMessage({ title: "Cy: token not refreshed" })]));
  const [mail, ...others] = server().mails;
  expect(others).toEqual([]);
  expect(mail?.subject).toBe("Bo must consent again and 2 more messages");
  for (const title of ["Ava Brandt: token", "Bo must", "Cy: token"]) expect(mail?.text).toContain(title);
});

test("a great many are counted rather than printed", () => {
  const { text, subject } = composeMail(aPost(Array.from({ length: 400 }, () => aMessage())));
  expect(subject).toBe("Ava Brandt: token not refreshed and 399 more messages");
  expect(text).toContain("350 more: https://tidemark.example.com/inbox");
});

test("nothing in a name or title adds a header, a recipient or markup", async () => {
  const evil = 'Eve\r\nBcc: victim@evil.example\r\n\r\n<script>alert("1")</script>';
  const post = aPost([aMessage({ title: evil, body: evil, action: { label: evil, path: "/inbox" } })], {
    to: { name: evil, address: "olive@agency.example" },
  });
  expect(await send(post)).toEqual({ kind: "sent" });
  const [mail] = server().mails;
  expect(mail?.recipients).toEqual(["olive@agency.example"]);
  expect(mail?.headers.some(({ key }) => key === "bcc")).toBe(false);
  expect(mail?.html).not.toContain("<script>");
  expect(mail?.html).toContain("&lt;script&gt;");
});

test.each([
  [451, "later"],
  [421, "later"],
  [550, "refused"],
  [552, "refused"],
  [535, "later"],
])("the answer %i to a mail means: %s", async (code, kind) => {
  server().refuseNext(code);
  expect(await send(aPost([aMessage()]))).toMatchObject({ kind, note: expect.stringContaining(`${code} `) });
  expect(server().mails).toEqual([]);
});

test("an address the server does not take is refused at once", async () => {
  server().refuseRecipients(550);
  expect(await send(aPost([aMessage()]))).toMatchObject({ kind: "refused" });
  server().refuseRecipients(450);
  expect(await send(aPost([aMessage()]))).toMatchObject({ kind: "later" });
});

test("a server that is away, or is none, is worth another attempt; the password is in no note", async () => {
  const port = await new Promise<number>((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
  const result = await send(aPost([aMessage()]), `smtp://user:hidden@127.0.0.1:${port}`);
  expect(result.kind).toBe("later");
  expect(JSON.stringify(result)).not.toContain("hidden");
});
