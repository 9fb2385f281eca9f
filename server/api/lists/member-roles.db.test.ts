import { expect, test } from "vitest";
import { callApi } from "../../../tests/support/api-call";
import { aBrand } from "../../../tests/support/ctx";
import { testDatabase } from "../../../tests/support/database";
import { anAgencyWithOwner, anIdentity, aPerson, auditedActions, signedIn } from "../../../tests/support/people";
import type { Ctx } from "../../core/context";
import { wholeList } from "../../core/query";
import { listMembers } from "../../workspace";
import { createRole } from "../../workspace/change-role";
import { listInvitations } from "../../workspace/list-invitations";
import type { ImportAnswer, ImportMode } from "./contract";

const { db } = testDatabase();
const identity = anIdentity(db);

const ask = async (ctx: Ctx, path: string, body?: object): Promise<string> => (await callApi(ctx, path, body)).text;

const load = async (ctx: Ctx, csv: string, mode: ImportMode): Promise<ImportAnswer> =>
  JSON.parse(await ask(ctx, "member-roles/import", { csv, mode }));
const file = async (ctx: Ctx) => (await ask(ctx, "member-roles/export")).replace("\uFEFF", "");
const outcomes = ({ rows }: ImportAnswer) => rows.map(({ outcome }) => outcome);
const errors = ({ rows }: ImportAnswer) =>
  rows.flatMap(({ outcome, line, column, reason, remedy }) =>
    outcome === "error" ? [{ line, column, reason, remedy }] : [],
  );

async function rolesOf(ctx: Ctx, email: string): Promise<string[]> {
  const { items } = await ctx.tx((tx) => listMembers(tx, wholeList()));
  const roles = items.find((member) => member.email === email)?.roles ?? [];
  return roles.map(({ roleName, brandName, until }) => `${roleName} ${brandName ?? "all"} ${until ?? ""}`.trim());
}

async function aTeam() {
  const owner = await anAgencyWithOwner(identity);
  const { ctx } = await signedIn(identity, owner.email);
  for (const name of ["Acme", "Beta"]) await aBrand(db, owner.agencyId, name);
  const lead = await aPerson(identity, owner.agencyId, "lead");
  return { ...owner, ctx, lead };
}

test("a file gives roles brand by brand, says first what each row does, and comes back as it went", async () => {
  const { ctx, lead } = await aTeam();
  await createRole(ctx, { name: "Buyer", permissions: ["campaigns.read"] });
  const csv = `Email,Role,Brands,Until\n${lead.email},Buyer,Acme; Beta,2026-12-03\n${lead.email},ops,ALL,\n`;
  const noted = async () => (await auditedActions(ctx)).filter((action) => /role_given|imported/.test(action)).sort();
  expect(outcomes(await load(ctx, csv, "check"))).toEqual(["create", "update"]);
  expect(await rolesOf(ctx, lead.email)).toEqual(["Account lead all"]);
  expect(await noted()).toEqual([]);

  expect(await load(ctx, csv, "all")).toMatchObject({ written: 2, errors: 0 });
  expect(await rolesOf(ctx, lead.email)).toEqual(["Ops all", "Buyer Acme 2026-12-03", "Buyer Beta 2026-12-03"]);
  expect(await noted()).toEqual(["list.imported", "member.role_given", "member.role_given"]);

  const written = await file(ctx);
  expect(written.split("\n").slice(0, 4)).toEqual([
    "Email,Name,Role,Brands,Until",
    `${lead.email},Test lead,Ops,all,`,
    `${lead.email},Test lead,Buyer,Acme,2026-12-03`,
    `${lead.email},Test lead,Buyer,Beta,2026-12-03`,
  ]);
  expect(outcomes(await load(ctx, written, "all"))).toEqual(Array(4).fill("unchanged"));
});

test("what a row names wrongly is told with its column and what to do", async () => {
  const { ctx, lead, email } = await aTeam();
  const csv = [
    "Email,Role,Brands,Until",
    "nobody@elsewhere.test,Ops,all,",
    `${lead.email},Pilot,all,`,
    `${lead.email},Ops,Gamma,`,
    `${lead.email},Ops,,`,
    `${lead.email},Admin,Acme,`,
    `${lead.email},Ops,all,2020-01-01`,
    `${email},Analyst,all,`,
    `${lead.email},Analyst,Acme,`,
  ].join("\n");
  const checked = await load(ctx, csv, "check");
  expect(errors(checked)).toEqual([
    {
      line: 2,
      column: "Email",
      reason: "Nobody here has the address nobody@elsewhere.test.",
      remedy: "Invite them first; or add the columns Name and Invite, and write yes in the second.",
    },
    expect.objectContaining({ line: 3, column: "Role", reason: 'There is no role called "Pilot".' }),
    expect.objectContaining({ line: 4, column: "Brands", reason: 'There is no brand called "Gamma".' }),
    expect.objectContaining({ line: 5, column: "Brands", reason: "Name at least one brand, or write all." }),
    expect.objectContaining({ line: 6, column: "Brands", reason: "Owner and admin are given for all brands." }),
    expect.objectContaining({ line: 7, column: "Until", reason: "Choose today or a later day." }),
    expect.objectContaining({ line: 8, reason: "This is the agency's last owner." }),
  ]);
  expect(await load(ctx, csv, "all")).toMatchObject({ written: 0, errors: 7 });
  expect(await rolesOf(ctx, lead.email)).toEqual(["Account lead all"]);
  expect(await load(ctx, csv, "good")).toMatchObject({ written: 1, errors: 7 });
  expect(await rolesOf(ctx, lead.email)).toEqual(["Account lead all", "Analyst Acme"]);
});

test("who is not here yet is invited where the row says so, and not by a check", async () => {
  const { ctx } = await aTeam();
  const csv = "Email,Name,Role,Brands,Invite\nnew@elsewhere.test,Nora New,Analyst,Acme,yes\n";
  const invited = async () => (await ctx.tx((tx) => listInvitations(tx, wholeList()))).items;
  expect(outcomes(await load(ctx, csv, "check"))).toEqual(["create"]);
  expect(await invited()).toEqual([]);
  expect(await load(ctx, csv, "all")).toMatchObject({ written: 1 });
  expect(await invited()).toMatchObject([{ email: "new@elsewhere.test", name: "Nora New", roleName: "Analyst" }]);
  expect(await auditedActions(ctx)).toContain("invitation.created");
  expect(errors(await load(ctx, csv, "all"))).toMatchObject([{ column: "Email" }]);
});

test("nobody gives by a file more than they may themselves", async () => {
  const { ctx, agencyId, lead, email } = await aTeam();
  const admin = await signedIn(identity, (await aPerson(identity, agencyId, "admin")).email);
  const csv = `Email,Role,Brands\n${lead.email},Owner,all\n${email},Analyst,all\n${lead.email},Ops,all\n`;
  const answer = await load(admin.ctx, csv, "good");
  expect(outcomes(answer)).toEqual(["error", "error", "update"]);
  expect(errors(answer).map(({ reason }) => reason)).toEqual(
    Array(2).fill("Only somebody with the role Owner can do this."),
  );
  expect(await rolesOf(ctx, lead.email)).toEqual(["Ops all"]);
  const ops = await signedIn(identity, lead.email);
  expect(JSON.parse(await ask(ops.ctx, "member-roles/import", { csv, mode: "check" }))).toMatchObject({
    code: "forbidden",
  });
});
