import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aWorld } from "../../tests/api/samples";
import { aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { catalogue } from "../api/catalogue";
import type { Ctx } from "../core/context";
import { generateKey } from "../core/crypto/fernet";
import { createVault } from "../core/crypto/vault";
import { createOutgoing } from "../core/outgoing/outgoing";
import { wholeList } from "../core/query";
import { users } from "../identity/tables";
import type { Membership } from "../workspace/permissions";
import { memberships } from "../workspace/tables";
import { createAction, removeAction } from "./change-action";
import { changePage, createPage, removePage } from "./change-page";
import type { CustomPage } from "./contract";
import { getPage, listPagePlaces, listPages, openPage } from "./list-pages";

const { db } = testDatabase();
const source = aSource(db, {
  services: {
    catalogue,
    outgoing: createOutgoing({ privateHosts: [] }),
    vault: createVault({ keys: [generateKey()] }),
  },
});

const aPage = (over: object = {}) => ({
  slug: "quiet-brands",
  title: "Quiet brands",
  resource: "brands",
  columns: ["name", "ownerName"],
  ...over,
});
const make = (ctx: Ctx, over: object = {}) => createPage(ctx, aPage(over)) as Promise<CustomPage>;
const titles = async (ctx: Ctx) => (await ctx.tx((tx) => listPages(tx, wholeList()))).items.map(({ title }) => title);

/** A person of the agency with a role, whose memberships are in the database as they are in the ctx. */
async function aPerson(agencyId: string, membership: Membership): Promise<Ctx> {
  const userId = randomUUID();
  await db.withAgency(agencyId, async ({ db: tx }) => {
    await tx
      .insert(users)
      .values({ agencyId, id: userId, email: `${userId}@example.com`, name: "P", personId: userId });
    await tx.insert(memberships).values({ agencyId, userId, brandId: membership.brandId, role: membership.role });
  });
  return aCtx(source, agencyId, { memberships: [membership], userId });
}

test("a page is made with what is left out filled in, opened by its address or its id, changed and deleted", async () => {
  const owner = aCtx(source, await anAgency(db), { memberships: asOwner });
  const page = await make(owner);
  expect(page).toMatchObject({ filters: [], sort: null, actions: [], menu: "main", version: 1 });
  for (const address of ["quiet-brands", page.id]) {
    expect((await owner.tx((tx) => openPage(tx, address))).page).toEqual(page);
  }
  const changed = (await changePage(owner, { id: page.id, version: 1, slug: "calm", menu: "none" })) as CustomPage;
  expect(changed).toMatchObject({ slug: "calm", title: "Quiet brands", columns: ["name", "ownerName"], version: 2 });
  expect(await owner.tx(listPagePlaces)).toEqual([]);
  const late = changePage(owner, { id: page.id, version: 1, title: "Late" });
  await expect(late).rejects.toMatchObject({ code: "conflict", present: { version: 2 } });
  await removePage(owner, { id: page.id });
  await expect(owner.tx((tx) => openPage(tx, "calm"))).rejects.toMatchObject({ code: "not_found" });
});

test("what does not fit the list, or has another's address, is refused at its place", async () => {
  const owner = aCtx(source, await anAgency(db), { memberships: asOwner });
  await make(owner);
  await expect(make(owner, { title: "Other" })).rejects.toMatchObject({
    code: "invalid",
    fields: { slug: "Another page has the address /pages/quiet-brands. Take another." },
  });
  const wrong = make(owner, { slug: "wrong", columns: ["name", "cost"], actions: [randomUUID()] });
  await expect(wrong).rejects.toMatchObject({
    fields: { "columns.1": expect.stringContaining("There are: id, name"), "actions.0": "There is no such action." },
  });
  await expect(make(owner, { slug: "wrong", resource: "nothing" })).rejects.toMatchObject({
    fields: { resource: expect.stringContaining("campaigns") },
  });
  await expect(make(owner, { slug: "wrong", colour: "red" })).rejects.toMatchObject({
    fields: { colour: "This field is not known here; remove it." },
  });
});

test("who makes pages sees all; others those for their role and permission whose list they may read", async () => {
  const agencyId = await anAgency(db);
  const owner = aCtx(source, agencyId, { memberships: asOwner });
  await make(owner, { slug: "all", title: "All" });
  await make(owner, { slug: "ops", title: "Ops", seenBy: { permission: null, roles: ["ops"] } });
  await make(owner, { slug: "writers", title: "Writers", seenBy: { permission: "brands.write", roles: [] } });
  await make(owner, { slug: "people", title: "People", resource: "members", columns: ["name"] });
  const as = (role: Membership["role"]) => aPerson(agencyId, { brandId: null, role });
  expect(await titles(owner)).toEqual(["All", "Ops", "People", "Writers"]);
  expect(await titles(await as("ops"))).toEqual(["All", "Ops", "People", "Writers"]);
  expect(await titles(await as("lead"))).toEqual(["All", "People"]);
  const analyst = await as("analyst");
  expect(await titles(analyst)).toEqual(["All"]);
  expect(await analyst.tx(listPagePlaces)).toEqual([{ slug: "all", title: "All", menu: "main" }]);
  for (const hidden of ["ops", "people", "nothing"]) {
    await expect(analyst.tx((tx) => openPage(tx, hidden))).rejects.toMatchObject({ code: "not_found" });
  }
  const client = await as("client");
  expect(await client.tx(listPagePlaces)).toEqual([]);
  await expect(client.tx((tx) => openPage(tx, "all"))).rejects.toMatchObject({ code: "forbidden" });
});

test("another agency's page is one that never was", async () => {
  const [mine, theirs] = [await anAgency(db), await anAgency(db)];
  const page = await make(aCtx(source, mine, { memberships: asOwner }));
  const stranger = aCtx(source, theirs, { memberships: asOwner });
  const messages = await Promise.all(
    [page.id, page.slug, randomUUID()].map((address) =>
      stranger.tx((tx) => openPage(tx, address)).catch((error: Error) => error.message),
    ),
  );
  expect(new Set(messages).size).toBe(1);
  await expect(stranger.tx((tx) => getPage(tx, page.id))).rejects.toMatchObject({ code: "not_found" });
  await expect(removePage(stranger, { id: page.id })).rejects.toMatchObject({ code: "not_found" });
});

test("a page offers its actions to who may use them, and an action on a page is not deleted", async () => {
  const agencyId = await anAgency(db);
  const owner = aCtx(source, agencyId, { memberships: asOwner });
  const { id } = await createAction(owner, {
    label: "Tell",
    resource: "brands",
    url: "https://hooks.example.com/",
    confirm: "Tell of {name}?",
    permission: "brands.write",
  });
  await make(owner, { actions: [id] });
  const offered = async (role: Membership["role"]) => {
    const ctx = await aPerson(agencyId, { brandId: null, role });
    return (await ctx.tx((tx) => openPage(tx, "quiet-brands"))).actions.map(({ label }) => label);
  };
  expect(await offered("ops")).toEqual(["Tell"]);
  expect(await offered("lead")).toEqual([]);
  await expect(removeAction(owner, { id })).rejects.toMatchObject({
    code: "conflict",
    message: "The action is offered on: Quiet brands.",
  });
});

test("any list of the product can be a page with all its columns, and its records can be found for an action", async () => {
  const agencyId = await anAgency(db);
  const records = await aWorld(db, agencyId, "sample");
  const owner = aCtx(source, agencyId, { memberships: asOwner, userId: records.userId });
  const notFound: string[] = [];
  for (const name of catalogue.names()) {
    const list = catalogue.describe(name);
    const columns = list?.fields.map(({ key }) => key) ?? [];
    if (columns.length === 0) continue;
    await make(owner, { slug: `all-of-${name}`, resource: name, columns: columns.slice(0, 60) });
    const id = records[name] ?? "";
    if (!list?.findable) continue;
    const found = (await catalogue.find(owner, name, [id])).get(id);
    if (found) expect(Object.keys(found.values)).toEqual(columns);
    else notFound.push(name);
  }
  expect(notFound).toEqual([]);
  const brand = await catalogue.find(owner, "brand-wall", [records.brands ?? ""]);
  expect(brand.get(records.brands ?? "")?.brandId).toBe(records.brands);
  const campaign = await catalogue.find(owner, "campaigns", [records.campaigns ?? ""]);
  expect(campaign.get(records.campaigns ?? "")).toMatchObject({
    brandId: records.brands,
    label: "sample campaign",
    values: { impressions: 7 },
  });
});
