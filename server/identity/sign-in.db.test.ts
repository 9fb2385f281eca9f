import { expect, test } from "vitest";
import { aClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anEmail,
  anIdentity,
  aPerson,
  auditedActions,
  aVisitor,
  cookieOf,
  password,
  signedIn,
} from "../../tests/support/people";
import { AppError } from "../core/errors";
import { findSession } from "./session";
import { setUserState } from "./set-user-state";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

const { db } = testDatabase();

const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.fail("this was meant to be refused"),
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );

test("the right password signs in, however the address is written", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const { setCookie } = await signIn(identity, { email: `  ${owner.email.toUpperCase()} `, password }, aVisitor());
  const session = await findSession(identity, cookieOf(setCookie));
  expect(session?.user).toEqual({ id: owner.userId, name: "Olive Owner", email: owner.email });
  expect(session?.agencyId).toBe(owner.agencyId);
});

test("a wrong password and an unknown address get the same answer", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const wrong = await refusal(signIn(identity, { email: owner.email, password: "not this one" }, aVisitor()));
  const unknown = await refusal(signIn(identity, { email: anEmail(), password }, aVisitor()));
  expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message });
  expect(wrong.code).toBe("unauthenticated");
});

test("the cookie's token is not in the database", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, owner.email);
  const token = cookie.split(".").pop() ?? "";
  const rows = await db.withAgency(owner.agencyId, ({ sql }) => sql`select id from sessions`);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.id).not.toContain(token);
});

test("a suspended person hears so only with the right password", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const ops = await aPerson(identity, owner.agencyId, "ops");
  const { ctx } = await signedIn(identity, owner.email);
  const session = await signedIn(identity, ops.email);
  await ctx.tx((tx) => setUserState(tx, ops.userId, "suspended"));
  expect(await findSession(identity, session.cookie)).toBeNull();
  const right = await refusal(signIn(identity, { email: ops.email, password }, aVisitor()));
  const wrong = await refusal(signIn(identity, { email: ops.email, password: "a wrong one here" }, aVisitor()));
  expect([right.code, wrong.code]).toEqual(["forbidden", "unauthenticated"]);
});

test("after ten wrong tries from one place even the right password waits, and is told how long", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const visitor = aVisitor();
  for (let tries = 0; tries < 10; tries++) {
    const error = await refusal(signIn(identity, { email: owner.email, password: `wrong ${tries}` }, visitor));
    expect(error.code).toBe("unauthenticated");
  }
  const limited = await refusal(signIn(identity, { email: owner.email, password }, visitor));
  expect(limited.code).toBe("limit");
  expect(limited.retryAfterSeconds).toBeGreaterThan(800);
  expect(limited.remedy).toMatch("15 minutes");
  await expect(signIn(identity, { email: owner.email, password }, aVisitor())).resolves.toBeDefined();
});

test("guessing at one address from many places ends after twenty tries, for unknown addresses too", async () => {
  const identity = anIdentity(db);
  const email = anEmail("nobody");
  const codes: string[] = [];
  for (let tries = 0; tries < 22; tries++) {
    codes.push((await refusal(signIn(identity, { email, password: "a wrong one" }, aVisitor()))).code);
  }
  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(20);
  expect(codes.slice(20)).toEqual(["limit", "limit"]);
});

test("signing in rightly does not use up tries", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const visitor = aVisitor();
  for (let tries = 0; tries < 12; tries++) await signIn(identity, { email: owner.email, password }, visitor);
});

test("tries are still counted, in memory, while the database is away", async () => {
  const identity = anIdentity(db);
  const away = anIdentity({ ...db, pool: { unsafe: () => Promise.reject(new Error("away")) } as never });
  const owner = await anAgencyWithOwner(identity);
  const visitor = aVisitor();
  const codes: string[] = [];
  for (let tries = 0; tries < 11; tries++) {
    codes.push((await refusal(signIn(away, { email: owner.email, password: "a wrong one" }, visitor))).code);
  }
  expect(codes.at(-2)).toBe("unauthenticated");
  expect(codes.at(-1)).toBe("limit");
});

test("a session ends half an hour after its last use, and twelve hours after sign-in, where the agency says nothing else", async () => {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, owner.email);
  for (let part = 1; part < 48; part++) {
    clock.advance({ minutes: 15 });
    expect(await findSession(identity, cookie)).not.toBeNull();
  }
  clock.advance({ minutes: 15, seconds: 1 });
  expect(await findSession(identity, cookie)).toBeNull();
  const another = await signedIn(identity, owner.email);
  clock.advance({ minutes: 30, seconds: 1 });
  expect(await findSession(identity, another.cookie)).toBeNull();
});

test("signing out ends the session, in the database too", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, owner.email);
  const { setCookie } = await signOut(identity, aVisitor({ cookie }));
  expect(setCookie).toMatch("Max-Age=0");
  expect(await findSession(identity, cookie)).toBeNull();
  await expect(signOut(identity, aVisitor({ cookie }))).resolves.toBeDefined();
});

test("signing in again gives the browser a new session and ends the old one", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, owner.email);
  const again = await signIn(identity, { email: owner.email, password }, aVisitor({ cookie }));
  expect(cookieOf(again.setCookie)).not.toBe(cookie);
  expect(await findSession(identity, cookie)).toBeNull();
  expect(await findSession(identity, cookieOf(again.setCookie))).not.toBeNull();
});

test("a token is worth nothing under another agency's id", async () => {
  const identity = anIdentity(db);
  const [one, two] = [await anAgencyWithOwner(identity), await anAgencyWithOwner(identity)];
  const { cookie } = await signedIn(identity, one.email);
  expect(await findSession(identity, cookie.replace(one.agencyId, two.agencyId))).toBeNull();
});

test("sign-in and sign-out are in the audit log", async () => {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  clock.advance({ minutes: 1 });
  const { cookie } = await signedIn(identity, owner.email);
  clock.advance({ minutes: 1 });
  await signOut(identity, aVisitor({ cookie }));
  clock.advance({ minutes: 1 });
  const { ctx } = await signedIn(identity, owner.email);
  expect(await auditedActions(ctx)).toEqual(["agency.created", "session.started", "session.ended", "session.started"]);
});

test("a wrong password of a known person is in their agency's log, with where it came from", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  await refusal(signIn(identity, { email: owner.email, password: "not the password" }, aVisitor()));
  const { ctx } = await signedIn(identity, owner.email);
  await expect.poll(() => auditedActions(ctx)).toContain("session.refused");
});
