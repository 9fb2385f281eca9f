import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aClock, aCtx, anAgency, aSource } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { testMailServer } from "../../tests/support/mail-server";
import { generateKey } from "../core/crypto/fernet";
import { createVault } from "../core/crypto/vault";
import { postLetter } from "../core/letters";
import { mails } from "../core/tables";
import { deliverOverdueTick } from "./jobs";
import { sendLetter } from "./send-letter";

const { db } = testDatabase();
const mailServer = testMailServer();

/** A letter that was just written in its agency. */
async function aLetter() {
  const clock = aClock();
  const to = `${randomUUID()}@letters.example`;
  const services = {
    vault: createVault({ keys: [generateKey()] }),
    mailRoute: "server" as const,
    mail: { smtpUrl: mailServer().url, from: "Tidemark <tidemark@agency.example>" },
    publicUrl: "https://tidemark.example.com",
  };
  const ctx = aCtx(aSource(db, { clock, services }), await anAgency(db));
  const action = { label: "Join <North>", url: "https://tidemark.example.com/invitations/secret" };
  const letter = { to, name: "Gil", subject: "You are invited", lines: ["Come & see."], action };
  await ctx.tx((tx) => postLetter(tx, services, letter));
  const row = async () => {
    const [found] = await db.withSystem((scope) => scope.db.select().from(mails).where(eq(mails.recipient, to)));
    if (!found) throw new Error("the letter is gone");
    return found;
  };
  const { id } = await row();
  return { clock, ctx, to, row, send: () => sendLetter(ctx, { id }) };
}

test("a letter goes out once, with its link, and what it said is forgotten", async () => {
  const { to, row, send } = await aLetter();
  expect((await row()).body).not.toContain("invitations");
  await send();
  await send();
  expect(mailServer().mails.map(({ recipients }) => recipients)).toEqual([[to]]);
  expect(mailServer().mails[0]?.text).toContain("https://tidemark.example.com/invitations/secret");
  expect(mailServer().mails[0]?.html).toContain("Join &lt;North&gt;");
  expect(await row()).toMatchObject({ body: null, nextAt: null, sentAt: expect.any(Date) });
});

test("a server that says 451 is asked again; one that says 550 is not", async () => {
  const { clock, ctx, row, send } = await aLetter();
  mailServer().refuseNext(451, 550);
  await send();
  await send();
  expect(await row()).toMatchObject({ attempts: 1, note: expect.stringContaining("451"), failedAt: null });
  clock.advance({ minutes: 5 });
  await deliverOverdueTick.run(ctx);
  await send();
  expect(await row()).toMatchObject({ attempts: 2, body: null, failedAt: expect.any(Date) });
  expect(mailServer().mails).toEqual([]);
});

test("no agency reads the letters, its own neither, in a transaction of its own", async () => {
  const { ctx } = await aLetter();
  expect(await ctx.tx((tx) => tx.db.select().from(mails))).toEqual([]);
});
