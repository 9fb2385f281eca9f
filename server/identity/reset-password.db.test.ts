import { expect, test } from "vitest";
import { aClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anEmail,
  anIdentity,
  auditedActions,
  aVisitor,
  cookieOf,
  ctxOf,
  password,
  signedIn,
} from "../../tests/support/people";
import { listOutbox } from "../notifications";
import { askForReset, openReset, resetPassword } from "./reset-password";
import { findSession } from "./session";
import { beginTotp, confirmTotp } from "./set-up-totp";
import { signIn } from "./sign-in";
import { codeOf, secretFrom, stepAt } from "./totp";

const { db } = testDatabase();
const newPassword = "nine quiet otters";

async function anOwner() {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  const session = await signedIn(identity, owner.email);
  const outbox = async () => session.ctx.tx(listOutbox);
  const ask = async (email = owner.email) => {
    clock.advance({ seconds: 1 });
    await (await askForReset(identity, { email }, aVisitor())).sending;
  };
  const key = async () => {
    const link = (await outbox()).find(({ subject }) => subject === "Set a new Tidemark password")?.action?.url ?? "";
    expect(link).toMatch(/^http:\/\/localhost:3000\/reset-password\/[0-9a-f-]{36}\.[\w-]{43}$/);
    return link.split("/").at(-1) ?? "";
  };
  const reset = (given: string) => {
    clock.advance({ seconds: 1 });
    return resetPassword(identity, { key: given, password: newPassword }, aVisitor());
  };
  return { clock, identity, owner, ...session, outbox, ask, key, reset };
}

test("a link from a mail sets a new password, ends every session, tells the person, and works once", async () => {
  const { identity, owner, cookie, ask, key, reset, outbox } = await anOwner();
  await ask();
  const link = await key();
  await reset(link);
  expect(await findSession(identity, cookie)).toBeNull();
  await expect(signIn(identity, { email: owner.email, password }, aVisitor())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  const { setCookie } = await signIn(identity, { email: owner.email, password: newPassword }, aVisitor());
  await expect(reset(link)).rejects.toMatchObject({ code: "not_found" });
  const ctx = await ctxOf(identity, cookieOf(setCookie));
  expect(await auditedActions(ctx)).toEqual(expect.arrayContaining(["user.reset_asked", "user.password_reset"]));
  expect((await outbox())[0]).toMatchObject({ to: owner.email, subject: "Your Tidemark sign-in was changed" });
});

test("a link is over after thirty minutes, and when a newer one was used", async () => {
  const { clock, identity, ask, key, reset } = await anOwner();
  await ask();
  const first = await key();
  clock.advance({ minutes: 29 });
  expect(await openReset(identity, first)).toBe(true);
  clock.advance({ minutes: 1, seconds: 1 });
  await expect(reset(first)).rejects.toMatchObject({ code: "not_found" });
  await ask();
  const second = await key();
  await ask();
  await reset(await key());
  await expect(reset(second)).rejects.toMatchObject({ code: "not_found" });
});

test("an unknown address is told the same, and no mail is written", async () => {
  const { identity, outbox, ask } = await anOwner();
  await ask(anEmail("nobody"));
  expect(await outbox()).toEqual([]);
  await expect(askForReset(identity, { email: "no address" }, aVisitor())).rejects.toMatchObject({ code: "invalid" });
});

test("the second factor is still asked for after a reset", async () => {
  const { clock, identity, owner, ctx, ask, key, reset } = await anOwner();
  const { secret } = await beginTotp(ctx, { id: "me" });
  await confirmTotp(ctx, { id: "me", code: await codeOf(secretFrom(secret), stepAt(clock())) });
  await ask();
  await reset(await key());
  const { next } = await signIn(identity, { email: owner.email, password: newPassword }, aVisitor());
  expect(next).toBe("second-factor");
});

test("another agency's outbox shows nothing of it", async () => {
  const [one, two] = [await anOwner(), await anOwner()];
  await one.ask();
  expect(await one.outbox()).toHaveLength(1);
  expect(await two.outbox()).toEqual([]);
});
