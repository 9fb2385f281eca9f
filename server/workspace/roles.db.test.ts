import { expect, test } from "vitest";
import { aBrand, aClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { anAgencyWithOwner, anIdentity, aPerson, auditedActions, ctxOf, signedIn } from "../../tests/support/people";
import { wholeList } from "../core/query";
import { changeRoles } from "./change-member";
import { changeRole, createRole, removeRole } from "./change-role";
import { explainAccess } from "./explain-access";
import { giveRole } from "./give-role";
import { inviteMember } from "./invite-member";
import { getMember } from "./list-members";
import { listRoles } from "./list-roles";
import { suspendMember } from "./suspend-member";
import { apiKeys, brands, savedViews } from "./tables";
import { startViewing, stopViewing } from "./view-as";

const { db } = testDatabase();
const clock = aClock();
const identity = anIdentity(db, clock);

/** An owner, signed in, and two brands. */
async function aTeam() {
  const owner = await anAgencyWithOwner(identity);
  const { ctx, cookie } = await signedIn(identity, owner.email);
  const [acme, beta] = [await aBrand(db, owner.agencyId, "Acme"), await aBrand(db, owner.agencyId, "Beta")];
  const join = (role: "admin" | "ops" | "client" | "owner") => aPerson(identity, owner.agencyId, role);
  return { ...owner, ctx, cookie, acme, beta, join };
}

test("a role of the agency's own holds for its brand from the next request on, and a change of it too", async () => {
  const { ctx, acme, beta, join } = await aTeam();
  const buyer = await createRole(ctx, { name: "Buyer", permissions: ["brands.read", "campaigns.read"] });
  const person = await join("client");
  const { cookie } = await signedIn(identity, person.email);
  await changeRoles(ctx, { id: person.userId, roles: [{ brandId: acme, role: buyer.id }] });
  const before = await ctxOf(identity, cookie);
  expect([before.can("campaigns.read", acme), before.can("money.read", acme), before.brandIds]).toEqual([
    true,
    false,
    [acme],
  ]);
  const permissions = ["brands.read", "money.read"] as const;
  await changeRole(ctx, { id: buyer.id, name: "Buyer", permissions: [...permissions], version: buyer.version });
  const after = await ctxOf(identity, cookie);
  expect([after.can("campaigns.read", acme), after.can("money.read", acme), after.can("money.read", beta)]).toEqual([
    false,
    true,
    false,
  ]);
  const stale = { id: buyer.id, name: "Buyer", permissions: [...permissions], version: buyer.version };
  await expect(changeRole(ctx, stale)).rejects.toMatchObject({ code: "conflict" });
});

test("a role somebody has, or is invited with, is not removed, and says who that is", async () => {
  const { ctx, join } = await aTeam();
  const role = await createRole(ctx, { name: "Buyer", permissions: ["campaigns.read"] });
  const person = await join("client");
  await changeRoles(ctx, { id: person.userId, roles: [{ brandId: null, role: role.id, until: "2026-11-21" }] });
  await inviteMember(ctx, { email: `guest-${role.id}@agency.test`, name: "Gus", role: role.id, brandIds: null });
  const refused = removeRole(ctx, { id: role.id });
  await expect(refused).rejects.toMatchObject({
    code: "conflict",
    message: "Test client, Gus (invited) have this role.",
  });
  const { items } = await ctx.tx((tx) => listRoles(tx, wholeList()));
  expect(items.find(({ id }) => id === role.id)?.holders.map(({ name }) => name)).toEqual(["Test client"]);
});

test("nobody makes or gives a role that may do more than they", async () => {
  const { ctx, acme, join } = await aTeam();
  const makers = await createRole(ctx, { name: "Makers", permissions: ["roles.write", "roles.read", "members.write"] });
  const person = await join("client");
  await changeRoles(ctx, { id: person.userId, roles: [{ brandId: null, role: makers.id }] });
  const maker = (await signedIn(identity, person.email)).ctx;
  const refused = { code: "forbidden", message: expect.stringContaining("may not do yourself") };
  await expect(createRole(maker, { name: "More", permissions: ["money.read"] })).rejects.toMatchObject(refused);
  const friend = await join("client");
  const roles = [{ brandId: acme, role: "ops" as const }];
  await expect(changeRoles(maker, { id: friend.userId, roles })).rejects.toMatchObject(refused);
  await expect(createRole(ctx, { name: "analyst", permissions: ["money.read"] })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("access until a day ends by itself after it, everywhere", async () => {
  const { ctx, acme, join } = await aTeam();
  const person = await join("client");
  const now = async () => (await signedIn(identity, person.email)).ctx;
  const [today, start] = ["2026-11-20", clock()];
  const changed = await changeRoles(ctx, { id: person.userId, roles: [{ brandId: acme, role: "ops", until: today }] });
  expect(changed.roles).toMatchObject([{ roleName: "Ops", until: today, grantedBy: "Olive Owner" }]);
  clock.set("2026-11-20T23:30:00Z");
  expect((await now()).can("brands.write", acme)).toBe(true);
  clock.set("2026-11-21T00:00:00Z");
  const over = await now();
  expect([over.can("brands.write", acme), over.brandIds]).toEqual([false, []]);
  const answer = await ctx.tx((tx) =>
    explainAccess(tx, { memberId: person.userId, permission: "brands.write", brandId: acme }),
  );
  expect(answer).toMatchObject({ allowed: false, missing: "Ops gave it, and ended after 2026-11-20." });
  clock.set(start);
});

test("the last owner is not time-boxed away, suspended or replaced, also not by two at once", async () => {
  const { ctx, userId, join } = await aTeam();
  const second = await join("owner");
  const other = (await signedIn(identity, second.email)).ctx;
  const outcomes = await Promise.allSettled([
    changeRoles(ctx, { id: second.userId, roles: [{ brandId: null, role: "owner", until: "2026-12-03" }] }),
    suspendMember(other, { id: userId }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [left] = [outcomes[0]?.status === "fulfilled" ? userId : second.userId];
  const admin = (await signedIn(identity, (await join("owner")).email)).ctx;
  expect((await admin.tx((tx) => getMember(tx, left))).roles).toMatchObject([{ role: "owner", until: null }]);
});

test("one role for several people: a preview that changes nothing, then a result for each", async () => {
  const { ctx, userId, acme, beta, join } = await aTeam();
  const [one, two] = [await join("client"), await join("client")];
  const asked = { memberIds: [one.userId, two.userId], role: "analyst" as const, brandIds: [acme, beta], until: null };
  const preview = await giveRole(ctx, { ...asked, preview: true });
  expect(preview.people.map(({ ok, words }) => [ok, words])).toEqual([
    [true, "Analyst for Acme, Beta"],
    [true, "Analyst for Acme, Beta"],
  ]);
  expect((await ctx.tx((tx) => getMember(tx, one.userId))).roles).toHaveLength(1);
  await giveRole(ctx, asked);
  expect((await ctx.tx((tx) => getMember(tx, one.userId))).roles.map(({ roleName }) => roleName)).toEqual([
    "Client viewer",
    "Analyst",
    "Analyst",
  ]);
  const whole = await giveRole(ctx, { memberIds: [userId, one.userId], role: "ops", brandIds: null });
  expect(whole.people.map(({ ok, words }) => [ok, words])).toEqual([
    [false, "This is the agency's last owner."],
    [true, "Ops for all brands; in place of Client viewer for all brands"],
  ]);
});

test("through a member's eyes one sees what they see and changes nothing, and both ends are written down", async () => {
  const { ctx, cookie, userId, acme, beta, join } = await aTeam();
  const person = await join("client");
  await changeRoles(ctx, { id: person.userId, roles: [{ brandId: acme, role: "client" }] });
  await startViewing(ctx, { id: person.userId });
  const eyes = await ctxOf(identity, cookie);
  expect([eyes.brandIds, eyes.can("members.write"), eyes.viewingAs?.name]).toEqual([[acme], false, "Test client"]);
  await expect(createRole(eyes, { name: "No", permissions: ["campaigns.read"] })).rejects.toMatchObject({
    code: "forbidden",
    message: "You look through the eyes of Test client: nothing can be changed meanwhile.",
  });
  await stopViewing(eyes, {});
  const own = await ctxOf(identity, cookie);
  expect([own.brandIds, own.can("members.write"), own.can("money.read", beta)]).toEqual(["all", true, true]);
  expect(await auditedActions(own)).toEqual(expect.arrayContaining(["member.view_started", "member.view_ended"]));
  const admin = (await signedIn(identity, (await join("admin")).email)).ctx;
  await expect(startViewing(admin, { id: userId })).rejects.toMatchObject({ code: "forbidden" });
});

test("a view ends by itself when the member comes to more than the viewer has", async () => {
  const { ctx, join } = await aTeam();
  const [admin, person] = [await join("admin"), await join("client")];
  const session = await signedIn(identity, admin.email);
  await startViewing(session.ctx, { id: person.userId });
  expect((await ctxOf(identity, session.cookie)).viewingAs?.id).toBe(person.userId);
  await changeRoles(ctx, { id: person.userId, roles: [{ brandId: null, role: "owner" }] });
  const after = await ctxOf(identity, session.cookie);
  expect([after.viewingAs, after.can("members.write")]).toEqual([null, true]);
  expect(await auditedActions(ctx)).toContain("member.view_ended");
});

test("why may she: through which role, by whom; or what is missing and who can give it", async () => {
  const { ctx, userId, acme, beta, join } = await aTeam();
  const person = await join("client");
  await changeRoles(ctx, { id: person.userId, roles: [{ brandId: acme, role: "ops" }] });
  const ask = (brandId: string | null) =>
    ctx.tx((tx) => explainAccess(tx, { memberId: person.userId, permission: "brands.write", brandId }));
  expect(await ask(acme)).toMatchObject({
    allowed: true,
    through: [{ roleName: "Ops", brandName: "Acme", grantedBy: "Olive Owner", until: null }],
  });
  expect(await ask(beta)).toMatchObject({
    allowed: false,
    through: [],
    missing: "Test client has it for Acme, but not for Beta.",
    givers: [{ id: userId, name: "Olive Owner" }],
  });
  expect((await ask(beta)).rolesWithIt).toEqual(["Owner", "Admin", "Ops"]);
});

test("who looks after something is suspended only with somebody who takes it over, all at once", async () => {
  const { ctx, agencyId, acme, join } = await aTeam();
  const [leaver, heir, viewer] = [await join("ops"), await join("ops"), await join("client")];
  await changeRoles(ctx, { id: leaver.userId, roles: [{ brandId: acme, role: "ops" }] });
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.update(brands).set({ ownerUserId: leaver.userId });
    const view = { agencyId, resource: "campaigns", name: "Mine", query: "", shared: true };
    await scope.db.insert(savedViews).values([
      { ...view, userId: leaver.userId },
      { ...view, userId: heir.userId },
    ]);
    await scope.db.insert(apiKeys).values({
      agencyId,
      name: "Nightly",
      start: "tm_1",
      digest: agencyId,
      userId: leaver.userId,
      permissions: ["campaigns.read", "members.write"],
      createdAt: clock(),
      expiresAt: new Date("2027-01-01T00:00:00Z"),
    });
  });
  await expect(suspendMember(ctx, { id: leaver.userId })).rejects.toMatchObject({
    code: "conflict",
    message: "Test ops looks after 2 brands, 1 API key, 1 shared view.",
  });
  const unfit = suspendMember(ctx, { id: leaver.userId, handOverTo: viewer.userId });
  await expect(unfit).rejects.toMatchObject({ code: "invalid" });
  await suspendMember(ctx, { id: leaver.userId, handOverTo: heir.userId });
  const left = await db.withAgency(agencyId, async (scope) => ({
    brands: (await scope.db.select().from(brands)).map(({ ownerUserId }) => ownerUserId),
    keys: (await scope.db.select().from(apiKeys)).map(({ userId, permissions, brandIds }) => [
      userId,
      permissions,
      brandIds,
    ]),
    views: (await scope.db.select().from(savedViews)).map(({ userId }) => userId),
  }));
  expect(left).toEqual({
    brands: [heir.userId, heir.userId],
    // In other hands the key may do no more than it could before.
    keys: [[heir.userId, ["campaigns.read"], [acme]]],
    views: [heir.userId, heir.userId],
  });
});
