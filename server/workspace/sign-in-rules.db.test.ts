import { expect, test } from "vitest";
import { aClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { anAgencyWithOwner, anIdentity, aPerson, auditedActions, signedIn } from "../../tests/support/people";
import { findSession, withSession } from "../identity";
import { getSignInRules, updateSignInRules } from "./sign-in-rules";
import { loadViewer } from "./viewer";

const { db } = testDatabase();

async function anAgency() {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  const session = await signedIn(identity, owner.email);
  const rules = { id: owner.agencyId, idleMinutes: 30, hours: 12, secondFactor: "optional" as const, version: 1 };
  const missing = async (cookie: string) => {
    const loaded = await withSession(identity, cookie, (scope, session) =>
      loadViewer(scope, session, { environment: "sandbox", outbox: true }, { brands: "named" }),
    );
    return loaded?.viewer.secondFactorMissing;
  };
  return { clock, identity, owner, ...session, rules, missing };
}

test("a shorter end holds at once, for sessions under way too", async () => {
  const { clock, identity, owner, ctx, cookie, rules } = await anAgency();
  clock.advance({ minutes: 20 });
  await updateSignInRules(ctx, { ...rules, idleMinutes: 10 });
  expect(await findSession(identity, cookie)).toBeNull();
  const again = await signedIn(identity, owner.email);
  clock.advance({ minutes: 9 });
  expect(await findSession(identity, again.cookie)).not.toBeNull();
  expect(await auditedActions(again.ctx)).toContain("agency.sign_in_rules_changed");
});

test("whoever the rule names, and nobody else, is led to set up a second factor", async () => {
  const { identity, owner, ctx, cookie, rules, missing } = await anAgency();
  const lead = await aPerson(identity, owner.agencyId, "lead");
  const theirs = await signedIn(identity, lead.email);
  expect([await missing(cookie), await missing(theirs.cookie)]).toEqual([false, false]);
  await updateSignInRules(ctx, { ...rules, secondFactor: "admins" });
  expect([await missing(cookie), await missing(theirs.cookie)]).toEqual([true, false]);
  await updateSignInRules(ctx, { ...rules, secondFactor: "everyone", version: 2 });
  expect([await missing(cookie), await missing(theirs.cookie)]).toEqual([true, true]);
});

test("a change made on older rules is refused, as is what is out of bounds", async () => {
  const { ctx, rules } = await anAgency();
  await updateSignInRules(ctx, { ...rules, hours: 8 });
  await expect(updateSignInRules(ctx, { ...rules, hours: 9 })).rejects.toMatchObject({ code: "conflict" });
  await expect(updateSignInRules(ctx, { ...rules, idleMinutes: 0 })).rejects.toMatchObject({
    fields: { idleMinutes: "At least 5 minutes." },
  });
  expect((await ctx.tx((tx) => getSignInRules(tx, ctx.agencyId))).hours).toBe(8);
});
