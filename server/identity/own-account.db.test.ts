import { expect, test } from "vitest";
import { aClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anIdentity,
  aPerson,
  auditedActions,
  aVisitor,
  password,
  signedIn,
} from "../../tests/support/people";
import { wholeList } from "../core/query";
import { changePassword } from "./change-password";
import { forgetSessionsTick } from "./jobs";
import { listOwnSessions } from "./list-sessions";
import { getProfile, renameProfile } from "./profile";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { findSession } from "./session";
import { signIn } from "./sign-in";
import { sessions } from "./tables";

const { db } = testDatabase();

async function anOwner() {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  return { identity, owner, here: await signedIn(identity, owner.email), there: await signedIn(identity, owner.email) };
}

test("my sessions are listed, this one marked, and nobody else's", async () => {
  const { identity, owner, here } = await anOwner();
  const other = await aPerson(identity, owner.agencyId, "admin");
  await signedIn(identity, other.email);
  const { items } = await here.ctx.tx((tx) => listOwnSessions(tx, wholeList()));
  expect(items).toHaveLength(2);
  expect(items.filter((item) => item.current)).toHaveLength(1);
  expect(items[0]?.device).toBe("Chrome on Linux");
});

test("revoking a session signs that device out and no other", async () => {
  const { identity, here, there } = await anOwner();
  const { items } = await here.ctx.tx((tx) => listOwnSessions(tx, wholeList()));
  await revokeSession(here.ctx, { id: items.find((item) => !item.current)?.id ?? "" });
  expect(await findSession(identity, there.cookie)).toBeNull();
  expect(await findSession(identity, here.cookie)).not.toBeNull();
});

test("nobody can revoke another person's session", async () => {
  const { identity, owner, here } = await anOwner();
  const other = await aPerson(identity, owner.agencyId, "admin");
  const theirs = await signedIn(identity, other.email);
  const { items } = await here.ctx.tx((tx) => listOwnSessions(tx, wholeList()));
  await expect(revokeSession(theirs.ctx, { id: items[0]?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
});

test("all other sessions end at once", async () => {
  const { identity, here, there } = await anOwner();
  expect(await revokeOtherSessions(here.ctx, {})).toEqual({ ended: 1 });
  expect(await findSession(identity, there.cookie)).toBeNull();
  expect(await findSession(identity, here.cookie)).not.toBeNull();
});

test("a new password needs the current one, and ends all other sessions", async () => {
  const { identity, owner, here, there } = await anOwner();
  const change = (currentPassword: string, newPassword: string) =>
    changePassword(here.ctx, { id: "me", currentPassword, newPassword });
  await expect(change("not the current one", "nine quiet otters")).rejects.toMatchObject({
    code: "invalid",
    fields: { currentPassword: "This is not your current password." },
  });
  await expect(change(password, "short")).rejects.toMatchObject({ fields: { newPassword: expect.any(String) } });
  await change(password, "nine quiet otters");
  expect(await findSession(identity, there.cookie)).toBeNull();
  expect(await findSession(identity, here.cookie)).not.toBeNull();
  await expect(signIn(identity, { email: owner.email, password }, aVisitor())).rejects.toMatchObject({
    code: "unauthenticated",
  });
  await signIn(identity, { email: owner.email, password: "nine quiet otters" }, aVisitor());
  expect(await auditedActions(here.ctx)).toContain("user.password_changed");
});

test("the current password cannot be guessed at from an open session", async () => {
  const { here } = await anOwner();
  const guess = (currentPassword: string) =>
    changePassword(here.ctx, { id: "me", currentPassword, newPassword: "nine quiet otters" });
  for (let tries = 0; tries < 10; tries++) {
    await expect(guess(`guess ${tries}`)).rejects.toMatchObject({ code: "invalid" });
  }
  await expect(guess(password)).rejects.toMatchObject({ code: "limit" });
});

test("everybody may rename themselves, a client too", async () => {
  const identity = anIdentity(db);
  const owner = await anAgencyWithOwner(identity);
  const client = await aPerson(identity, owner.agencyId, "client");
  const { ctx } = await signedIn(identity, client.email);
  await renameProfile(ctx, { id: "me", name: "  Clara  " });
  expect(await ctx.tx((tx) => getProfile(tx, "me"))).toMatchObject({ name: "Clara", email: client.email });
});

test("ended sessions are forgotten, those in use stay", async () => {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  const { ctx } = await signedIn(identity, owner.email);
  const kept = () => db.withAgency(owner.agencyId, (scope) => scope.db.select({ id: sessions.id }).from(sessions));
  await forgetSessionsTick.run(ctx);
  expect(await kept()).toHaveLength(1);
  clock.advance({ days: 2 });
  await signedIn(identity, owner.email);
  await forgetSessionsTick.run(ctx);
  expect(await kept()).toHaveLength(1);
});
