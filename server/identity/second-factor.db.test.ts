import { expect, test } from "vitest";
import { aClock, type TestClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anIdentity,
  auditedActions,
  aVisitor,
  cookieOf,
  ctxOf,
  password,
  signedIn,
} from "../../tests/support/people";
import { generateKey } from "../core/crypto/fernet";
import { createVault, type Vault } from "../core/crypto/vault";
import { ownPerson } from "./own-person";
import { prove } from "./prove";
import { rotateSecrets } from "./rotate-secrets";
import { completeSignIn } from "./second-factor";
import { findSession } from "./session";
import { beginTotp, confirmTotp, renewRecoveryCodes, turnOffTotp } from "./set-up-totp";
import { signIn } from "./sign-in";
import { people } from "./tables";
import { codeOf, secretFrom, stepAt } from "./totp";

const { db } = testDatabase();

const me = { id: "me" } as const;

/** An owner whose sign-in asks for a code. */
async function anOwnerWithApp(vault?: Vault) {
  const clock = aClock();
  const identity = { ...anIdentity(db, clock), ...(vault ? { vault } : {}) };
  const owner = await anAgencyWithOwner(identity);
  const { ctx } = await signedIn(identity, owner.email);
  const { secret } = await beginTotp(ctx, me);
  const code = (of: TestClock = clock) => codeOf(secretFrom(secret), stepAt(of()));
  const { recoveryCodes } = await confirmTotp(ctx, { ...me, code: await code() });
  clock.advance({ seconds: 30 });
  const halfway = async () => {
    const answer = await signIn(identity, { email: owner.email, password }, aVisitor());
    expect(answer.next).toBe("second-factor");
    return cookieOf(answer.setCookie);
  };
  const finish = (cookie: string, given: string) => completeSignIn(identity, { code: given }, aVisitor({ cookie }));
  return { clock, identity, owner, ctx, secret, code, recoveryCodes, halfway, finish };
}

test("the password alone opens nothing; with the app's code there is a session, and both are in the log", async () => {
  const { identity, halfway, finish, code } = await anOwnerWithApp();
  const cookie = await halfway();
  expect(await findSession(identity, cookie)).toBeNull();
  const { setCookie } = await finish(cookie, await code());
  const session = await findSession(identity, cookieOf(setCookie[0] ?? ""));
  expect(session?.method).toBe("totp");
  expect(setCookie[1]).toMatch(/tidemark_ticket=;.*Max-Age=0/);
  const actions = await auditedActions(await ctxOf(identity, cookieOf(setCookie[0] ?? "")));
  expect(actions).toContain("user.second_factor_on");
  await expect(finish(cookie, await code())).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a code is good once, whoever saw it", async () => {
  const { halfway, finish, code } = await anOwnerWithApp();
  const [mine, theirs] = [await halfway(), await halfway()];
  const seen = await code();
  await finish(mine, seen);
  await expect(finish(theirs, seen)).rejects.toMatchObject({ fields: { code: expect.any(String) } });
});

test("of two who use one code at the same moment one gets in", async () => {
  const { halfway, finish, code } = await anOwnerWithApp();
  const [one, two] = [await halfway(), await halfway()];
  const seen = await code();
  const outcomes = await Promise.allSettled([finish(one, seen), finish(two, seen)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("after five wrong codes the sign-in is over, and so it is after five minutes", async () => {
  const { clock, halfway, finish, code } = await anOwnerWithApp();
  const guessed = await halfway();
  for (let tries = 0; tries < 5; tries++) {
    await expect(finish(guessed, "000000")).rejects.toMatchObject({ code: "invalid" });
  }
  await expect(finish(guessed, await code())).rejects.toMatchObject({ code: "limit" });
  const slow = await halfway();
  clock.advance({ minutes: 5, seconds: 1 });
  await expect(finish(slow, await code())).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(finish("tidemark_ticket=made-up", "000000")).rejects.toMatchObject({ code: "unauthenticated" });
});

test("each recovery code signs in once, however it is typed; new ones replace the old", async () => {
  const { identity, recoveryCodes, halfway, finish, ctx } = await anOwnerWithApp();
  const [first = "", second = ""] = recoveryCodes;
  expect(recoveryCodes).toHaveLength(10);
  const { setCookie } = await finish(await halfway(), ` ${first.toLowerCase().replaceAll("-", " ")} `);
  expect((await findSession(identity, cookieOf(setCookie[0] ?? "")))?.method).toBe("recovery-code");
  await expect(finish(await halfway(), first)).rejects.toMatchObject({ code: "invalid" });
  await renewRecoveryCodes(ctx, me);
  await expect(finish(await halfway(), second)).rejects.toMatchObject({ code: "invalid" });
});

test("the secret is sealed for its person", async () => {
  const { identity, owner, secret, ctx } = await anOwnerWithApp();
  const { personId } = (await ctx.tx(ownPerson)).person;
  const [row] = await db.withPerson(personId, (scope) => scope.db.select().from(people));
  expect(row?.email).toBe(owner.email);
  expect(row?.totpSecret).not.toContain(secret);
  const elsewhere = { agencyId: "people", connectionId: owner.userId, field: "totpSecret" };
  expect(() => identity.vault.open(elsewhere, row?.totpSecret ?? "")).toThrow(/belongs elsewhere/);
});

test("after a change of encryption keys the same codes sign in, without the old key", async () => {
  const [oldKey, newKey] = [generateKey(), generateKey()];
  const { identity, owner, code } = await anOwnerWithApp(createVault({ keys: [oldKey] }));
  const { log } = identity;
  // Secrets of other tests' people are under keys of their own, and stay.
  const outcome = await rotateSecrets({ database: db, vault: createVault({ keys: [newKey, oldKey] }), log });
  expect(outcome.rotated).toBe(1);
  const renewed = { ...identity, vault: createVault({ keys: [newKey] }) };
  const answer = await signIn(renewed, { email: owner.email, password }, aVisitor());
  await completeSignIn(renewed, { code: await code() }, aVisitor({ cookie: cookieOf(answer.setCookie) }));
});

test("turning it off asks for a proof that is ten minutes old at most; then the password is enough again", async () => {
  const { clock, identity, owner, ctx } = await anOwnerWithApp();
  clock.advance({ minutes: 11 });
  await expect(turnOffTotp(ctx, me)).rejects.toMatchObject({ code: "unproven" });
  await expect(prove(ctx, { ...me, password: "not my password" })).rejects.toMatchObject({ code: "invalid" });
  await expect(prove(ctx, me)).rejects.toMatchObject({ code: "invalid" });
  await prove(ctx, { ...me, password });
  await turnOffTotp(ctx, me);
  const { next } = await signIn(identity, { email: owner.email, password }, aVisitor());
  expect(next).toBeUndefined();
  expect(await auditedActions(ctx)).toEqual(expect.arrayContaining(["session.proven", "user.second_factor_off"]));
});
