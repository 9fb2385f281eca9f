import { expect, test } from "vitest";
import { aClock } from "../../tests/support/ctx";
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
import { wholeList } from "../core/query";
import { acceptAsMyself } from "../workspace";
import { inviteMember } from "../workspace/invite-member";
import { listPlaces, switchAgency } from "./places";
import { findSession } from "./session";
import { signIn } from "./sign-in";

const { db } = testDatabase();

/** Somebody who owns one agency and has joined another. */
async function aPersonOfTwo() {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const [one, two] = [await anAgencyWithOwner(identity), await anAgencyWithOwner(identity)];
  const host = await signedIn(identity, two.email);
  const { link } = await inviteMember(host.ctx, { email: one.email, name: "Olive", role: "ops", brandIds: null });
  const key = link.split("/").at(-1) ?? "";
  const { cookie } = await signedIn(identity, one.email);
  clock.advance({ minutes: 5 });
  const { setCookie } = await acceptAsMyself(identity, key, aVisitor({ cookie }));
  return { clock, identity, one, two, host, before: cookie, cookie: cookieOf(setCookie), key };
}

test("who signs in already joins another agency with what they sign in with, and goes between the two", async () => {
  const { clock, identity, one, two, before, cookie } = await aPersonOfTwo();
  expect(await findSession(identity, before)).toBeNull();
  const ctx = await ctxOf(identity, cookie);
  expect(ctx.agencyId).toBe(two.agencyId);
  const places = await ctx.tx((tx) => listPlaces(tx, wholeList()));
  expect(places.items.filter(({ current }) => current).map(({ id }) => id)).toEqual([two.agencyId]);
  expect(places.items.map(({ id }) => id).sort()).toEqual([one.agencyId, two.agencyId].sort());
  clock.advance({ minutes: 1 });
  const { setCookie } = await switchAgency(identity, one.agencyId, aVisitor({ cookie }));
  expect(await findSession(identity, cookie)).toBeNull();
  const back = await ctxOf(identity, cookieOf(setCookie));
  expect(back.agencyId).toBe(one.agencyId);
  expect(await auditedActions(await ctxOf(identity, (await signedIn(identity, two.email)).cookie))).toEqual(
    expect.arrayContaining(["invitation.accepted", "session.switched_agency"]),
  );
  clock.advance({ minutes: 1 });
  const again = await signIn(identity, { email: one.email, password }, aVisitor());
  expect((await findSession(identity, cookieOf(again.setCookie)))?.agencyId).toBe(one.agencyId);
});

test("nobody goes to an agency where they have no place, nor joins with somebody else's invitation", async () => {
  const { identity, two } = await aPersonOfTwo();
  const stranger = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, stranger.email);
  await expect(switchAgency(identity, two.agencyId, aVisitor({ cookie }))).rejects.toMatchObject({ code: "not_found" });
  const host = await signedIn(identity, two.email);
  const another = await anAgencyWithOwner(identity);
  const { link } = await inviteMember(host.ctx, { email: another.email, name: "A", role: "ops", brandIds: null });
  const key = link.split("/").at(-1) ?? "";
  await expect(acceptAsMyself(identity, key, aVisitor({ cookie }))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a session that goes on in another agency is no younger for it", async () => {
  const { clock, identity, one, cookie } = await aPersonOfTwo();
  let at = cookie;
  for (let part = 0; part < 11; part++) {
    clock.advance({ minutes: 29 });
    expect(await findSession(identity, at)).not.toBeNull();
  }
  const { setCookie } = await switchAgency(identity, one.agencyId, aVisitor({ cookie: at }));
  at = cookieOf(setCookie);
  for (let part = 0; part < 13; part++) {
    clock.advance({ minutes: 29 });
    expect(await findSession(identity, at)).not.toBeNull();
  }
  clock.advance({ minutes: 25 });
  expect(await findSession(identity, at)).toBeNull();
});
