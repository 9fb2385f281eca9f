import { expect, test } from "vitest";
import { aBrand, aClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anEmail,
  anIdentity,
  aPerson,
  auditedActions,
  aVisitor,
  cookieOf,
  ctxOf,
  password,
  signedIn,
} from "../../tests/support/people";
import { wholeList } from "../core/query";
import { findSession } from "../identity";
import { acceptInvitation, openInvitation } from "./accept-invitation";
import { inviteMember, renewInvitation, revokeInvitation } from "./invite-member";
import { listInvitations } from "./list-invitations";

const { db } = testDatabase();

async function aTeam() {
  const clock = aClock();
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  return { ...owner, clock, identity, ctx: (await signedIn(identity, owner.email)).ctx };
}
const keyOf = (link: string) => link.split("/").pop() ?? "";
const aGuest = (email = anEmail("guest")) => ({ email, name: "Gil Guest", role: "lead" as const, brandIds: null });
const dead = { code: "not_found", message: "This invitation is no longer good." };

test("the link lets a person in once, with the role and brands given", async () => {
  const team = await aTeam();
  const brand = await aBrand(db, team.agencyId);
  const { link } = await inviteMember(team.ctx, { ...aGuest(), brandIds: [brand] });
  const key = keyOf(link);
  expect(await openInvitation(team.identity, key)).toMatchObject({
    state: "pending",
    agencyName: "North agency",
    invitedBy: "Olive Owner",
  });
  const { setCookie } = await acceptInvitation(team.identity, { key, name: "Gil", password }, aVisitor());
  const ctx = await ctxOf(team.identity, cookieOf(setCookie));
  expect(ctx.actor).toMatchObject({ name: "Gil" });
  expect(ctx.brandIds).toEqual([brand]);
  expect(await openInvitation(team.identity, key)).toEqual({ state: "accepted" });
  await expect(acceptInvitation(team.identity, { key, name: "Eve", password }, aVisitor())).rejects.toMatchObject(dead);
  expect(await auditedActions(team.ctx)).toEqual(expect.arrayContaining(["invitation.created", "invitation.accepted"]));
});

test("of two who open the same link at once, one gets in", async () => {
  const team = await aTeam();
  const key = keyOf((await inviteMember(team.ctx, aGuest())).link);
  const outcomes = await Promise.allSettled(
    ["One", "Two"].map((name) => acceptInvitation(team.identity, { key, name, password }, aVisitor())),
  );
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("the link dies after seven days", async () => {
  const team = await aTeam();
  const key = keyOf((await inviteMember(team.ctx, aGuest())).link);
  team.clock.advance({ days: 7, seconds: -1 });
  expect(await openInvitation(team.identity, key)).toMatchObject({ state: "pending" });
  team.clock.advance({ seconds: 1 });
  expect(await openInvitation(team.identity, key)).toEqual({ state: "expired" });
  await expect(acceptInvitation(team.identity, { key, name: "Gil", password }, aVisitor())).rejects.toMatchObject(dead);
});

test("revoking kills the link; a new link kills the old one", async () => {
  const team = await aTeam();
  const first = await inviteMember(team.ctx, aGuest());
  const second = await renewInvitation(team.ctx, { id: first.id });
  expect(await openInvitation(team.identity, keyOf(first.link))).toEqual({ state: "unknown" });
  expect(await openInvitation(team.identity, keyOf(second.link))).toMatchObject({ state: "pending" });
  await revokeInvitation(team.ctx, { id: first.id });
  expect(await openInvitation(team.identity, keyOf(second.link))).toEqual({ state: "revoked" });
  await expect(renewInvitation(team.ctx, { id: first.id })).rejects.toMatchObject({ code: "conflict" });
});

test("the link is not in the database, nor in the list", async () => {
  const team = await aTeam();
  const { link } = await inviteMember(team.ctx, aGuest());
  const token = link.split(".").pop() ?? "";
  const rows = await db.withAgency(team.agencyId, ({ sql }) => sql`select * from invitations`);
  expect(JSON.stringify(rows)).not.toContain(token);
  const { items } = await team.ctx.tx((tx) => listInvitations(tx, wholeList()));
  expect(items[0]).not.toHaveProperty("link");
});

test("who is in, or invited, is not invited again", async () => {
  const team = await aTeam();
  const guest = aGuest();
  await inviteMember(team.ctx, guest);
  const taken = { code: "invalid", fields: { email: expect.any(String) } };
  await expect(inviteMember(team.ctx, guest)).rejects.toMatchObject(taken);
  await expect(inviteMember(team.ctx, aGuest(team.email))).rejects.toMatchObject(taken);
  team.clock.advance({ days: 8 });
  await expect(inviteMember(team.ctx, guest)).resolves.toBeDefined();
});

test("an address that signs in to another agency is told so, and the invitation stays good", async () => {
  const [team, other] = [await aTeam(), await aTeam()];
  const key = keyOf((await inviteMember(team.ctx, aGuest(other.email))).link);
  await expect(acceptInvitation(team.identity, { key, name: "Olive", password }, aVisitor())).rejects.toMatchObject({
    code: "invalid",
    message: "This address already signs in to Tidemark.",
  });
  expect(await openInvitation(team.identity, key)).toMatchObject({ state: "pending" });
});

test("a weak password is refused and the invitation stays good", async () => {
  const team = await aTeam();
  const key = keyOf((await inviteMember(team.ctx, aGuest())).link);
  await expect(
    acceptInvitation(team.identity, { key, name: "Gil", password: "password1234" }, aVisitor()),
  ).rejects.toMatchObject({ fields: { password: expect.any(String) } });
  expect(await openInvitation(team.identity, key)).toMatchObject({ state: "pending" });
});

test("a key that is no key opens nothing", async () => {
  const team = await aTeam();
  const foreign = await aTeam();
  const key = keyOf((await inviteMember(team.ctx, aGuest())).link);
  for (const wrong of ["", "x", key.replace(team.agencyId, foreign.agencyId), `${key}x`]) {
    expect(await openInvitation(team.identity, wrong)).toEqual({ state: "unknown" });
  }
});

test("nobody invites above their own role, and only admins invite", async () => {
  const team = await aTeam();
  const admin = await signedIn(team.identity, (await aPerson(team.identity, team.agencyId, "admin")).email);
  const ops = await signedIn(team.identity, (await aPerson(team.identity, team.agencyId, "ops")).email);
  await expect(inviteMember(admin.ctx, { ...aGuest(), role: "owner" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(inviteMember(admin.ctx, { ...aGuest(), role: "admin" })).resolves.toBeDefined();
  await expect(inviteMember(ops.ctx, aGuest())).rejects.toMatchObject({ code: "forbidden" });
});

test("another agency neither sees nor revokes it", async () => {
  const [team, other] = [await aTeam(), await aTeam()];
  const { id } = await inviteMember(team.ctx, aGuest());
  expect((await other.ctx.tx((tx) => listInvitations(tx, wholeList()))).items).toEqual([]);
  await expect(revokeInvitation(other.ctx, { id })).rejects.toMatchObject({ code: "not_found" });
});

test("a person who was in another session here is the new person afterwards", async () => {
  const team = await aTeam();
  const key = keyOf((await inviteMember(team.ctx, aGuest())).link);
  const before = await signedIn(team.identity, team.email);
  const visitor = aVisitor({ cookie: before.cookie });
  const { setCookie } = await acceptInvitation(team.identity, { key, name: "Gil", password }, visitor);
  expect(await findSession(team.identity, before.cookie)).toBeNull();
  expect((await findSession(team.identity, cookieOf(setCookie)))?.user.name).toBe("Gil");
});

test("somebody can be invited to consent at Amazon: with the least role that may, and told for which brands", async () => {
  const team = await aTeam();
  const brand = await aBrand(db, team.agencyId, "Harbor");
  const asked = { ...aGuest(), brandIds: [brand], purpose: "connect" as const };
  await expect(inviteMember(team.ctx, asked)).rejects.toMatchObject({
    code: "invalid",
    fields: { role: "The role Account lead may not connect Amazon accounts." },
  });
  const made = await inviteMember(team.ctx, { ...asked, role: "ops" });
  expect(made.purpose).toBe("connect");
  const key = keyOf(made.link);
  expect(await openInvitation(team.identity, key)).toMatchObject({ purpose: "connect", brands: ["Harbor"] });
  const accepted = await acceptInvitation(team.identity, { key, name: "Gil", password }, aVisitor());
  expect(accepted).toMatchObject({ purpose: "connect", brandIds: [brand] });
  const ctx = await ctxOf(team.identity, cookieOf(accepted.setCookie));
  expect(ctx.can("connections.write", brand)).toBe(true);
  expect(ctx.can("connections.write")).toBe(false);
});
