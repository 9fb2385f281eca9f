import { expect, test } from "vitest";
import { aBrand } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anIdentity,
  aPerson,
  auditedActions,
  aVisitor,
  ctxOf,
  password,
  signedIn,
} from "../../tests/support/people";
import { wholeList } from "../core/query";
import { findSession, signIn } from "../identity";
import { changeRoles, reactivateMember } from "./change-member";
import type { Role } from "./contract";
import { getMember, listMembers } from "./list-members";
import { suspendMember } from "./suspend-member";

const { db } = testDatabase();
const identity = anIdentity(db);

async function aTeam() {
  const owner = await anAgencyWithOwner(identity);
  return { ...owner, ctx: (await signedIn(identity, owner.email)).ctx };
}
const allBrands = (role: Role) => [{ brandId: null, role }];

test("roles are given brand by brand, and work from the next request on", async () => {
  const team = await aTeam();
  const brand = await aBrand(db, team.agencyId, "Acme");
  const lead = await aPerson(identity, team.agencyId, "client");
  const session = await signedIn(identity, lead.email);
  expect(session.ctx.can("accounts.read", brand)).toBe(false);
  const changed = await changeRoles(team.ctx, { id: lead.userId, roles: [{ brandId: brand, role: "lead" }] });
  expect(changed.roles).toMatchObject([{ brandId: brand, brandName: "Acme", role: "lead", until: null }]);
  const now = await ctxOf(identity, session.cookie);
  expect(now.can("accounts.read", brand)).toBe(true);
  expect(now.brandIds).toEqual([brand]);
  expect(await auditedActions(team.ctx)).toContain("member.roles_changed");
});

test("the last owner stays an owner, and stays", async () => {
  const team = await aTeam();
  const admin = await aPerson(identity, team.agencyId, "owner");
  const other = await signedIn(identity, admin.email);
  await changeRoles(other.ctx, { id: team.userId, roles: allBrands("admin") });
  await expect(changeRoles(other.ctx, { id: admin.userId, roles: allBrands("admin") })).rejects.toMatchObject({
    code: "conflict",
    message: "This is the agency's last owner.",
  });
});

test("two owners who demote each other at the same moment leave one", async () => {
  const team = await aTeam();
  const second = await aPerson(identity, team.agencyId, "owner");
  const other = await signedIn(identity, second.email);
  const outcomes = await Promise.allSettled([
    changeRoles(team.ctx, { id: second.userId, roles: allBrands("ops") }),
    changeRoles(other.ctx, { id: team.userId, roles: allBrands("ops") }),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("a suspended owner does not count as one", async () => {
  const team = await aTeam();
  const second = await aPerson(identity, team.agencyId, "owner");
  await suspendMember(team.ctx, { id: second.userId });
  await expect(changeRoles(team.ctx, { id: team.userId, roles: allBrands("admin") })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("nobody makes an owner, or touches one, without being one", async () => {
  const team = await aTeam();
  const admin = await aPerson(identity, team.agencyId, "admin");
  const { ctx } = await signedIn(identity, admin.email);
  const refused = { code: "forbidden" };
  await expect(changeRoles(ctx, { id: admin.userId, roles: allBrands("owner") })).rejects.toMatchObject(refused);
  await expect(changeRoles(ctx, { id: team.userId, roles: allBrands("client") })).rejects.toMatchObject(refused);
  await expect(suspendMember(ctx, { id: team.userId })).rejects.toMatchObject(refused);
});

test.each(["ops", "lead", "client"] as const)("%s cannot change people", async (role) => {
  const team = await aTeam();
  const person = await aPerson(identity, team.agencyId, role);
  const { ctx } = await signedIn(identity, person.email);
  const refused = { code: "forbidden" };
  await expect(changeRoles(ctx, { id: person.userId, roles: allBrands("admin") })).rejects.toMatchObject(refused);
  await expect(suspendMember(ctx, { id: team.userId })).rejects.toMatchObject(refused);
});

test("suspending ends every session at once; reactivating lets the person in again", async () => {
  const team = await aTeam();
  const ops = await aPerson(identity, team.agencyId, "ops");
  const session = await signedIn(identity, ops.email);
  await suspendMember(team.ctx, { id: ops.userId });
  expect(await findSession(identity, session.cookie)).toBeNull();
  await expect(suspendMember(team.ctx, { id: team.userId })).rejects.toMatchObject({ code: "conflict" });
  await reactivateMember(team.ctx, { id: ops.userId });
  await expect(signIn(identity, { email: ops.email, password }, aVisitor())).resolves.toBeDefined();
});

test("roles that make no sense are refused by name", async () => {
  const team = await aTeam();
  const brand = await aBrand(db, team.agencyId);
  const elsewhere = await aBrand(db, (await anAgencyWithOwner(identity)).agencyId);
  const ops = await aPerson(identity, team.agencyId, "ops");
  const change = (roles: { brandId: string | null; role: Role }[]) => changeRoles(team.ctx, { id: ops.userId, roles });
  const invalid = { code: "invalid" };
  await expect(change([])).rejects.toMatchObject(invalid);
  await expect(change([{ brandId: brand, role: "owner" }])).rejects.toMatchObject(invalid);
  await expect(change([{ brandId: elsewhere, role: "lead" }])).rejects.toMatchObject(invalid);
  await expect(change([...allBrands("ops"), ...allBrands("lead")])).rejects.toMatchObject(invalid);
});

test("another agency sees nobody of this one", async () => {
  const [team, other] = [await aTeam(), await aTeam()];
  const { items } = await other.ctx.tx((tx) => listMembers(tx, wholeList()));
  expect(items.map((member) => member.id)).toEqual([other.userId]);
  await expect(other.ctx.tx((tx) => getMember(tx, team.userId))).rejects.toMatchObject({ code: "not_found" });
  await expect(suspendMember(other.ctx, { id: team.userId })).rejects.toMatchObject({ code: "not_found" });
});

test("who has one brand sees the people of that brand and of the whole agency", async () => {
  const team = await aTeam();
  const [mine, theirs] = [await aBrand(db, team.agencyId), await aBrand(db, team.agencyId)];
  const lead = await aPerson(identity, team.agencyId, "client");
  const stranger = await aPerson(identity, team.agencyId, "client");
  await changeRoles(team.ctx, { id: lead.userId, roles: [{ brandId: mine, role: "lead" }] });
  await changeRoles(team.ctx, { id: stranger.userId, roles: [{ brandId: theirs, role: "client" }] });
  const { ctx } = await signedIn(identity, lead.email);
  const { items } = await ctx.tx((tx) => listMembers(tx, wholeList()));
  expect(items.map((member) => member.id).sort()).toEqual([team.userId, lead.userId].sort());
});
