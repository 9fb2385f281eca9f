import { expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { anAgencyWithOwner, anIdentity, aPerson } from "../../tests/support/people";
import type { Ctx } from "../core/context";
import { type Filter, type ListQuery, wholeList } from "../core/query";
import { setUserState } from "../identity";
import { describeConsentRequest, getConnection, listAccounts, summarizeConsents } from ".";
import { assignAccounts } from "./assign-accounts";
import { changeState } from "./change-state";
import { lockConnection } from "./connection-store";
import type { ConnectionState } from "./contract";
import { discoverAccounts } from "./discover-accounts";
import { getBrandConsent, getConsent, listBrandConsents, listConsents } from "./list-consents";
import { listConnectionEvents } from "./list-history";
import { takeOver } from "./take-over";

const { db } = testDatabase();
const sandbox = testSandbox();

/** Harbor is seen by Ava and Ben, Lumen by Ava and Chloe, Alpenherz by Ava alone; Ava and Ben have consented. */
async function anOffice() {
  const clock = aClock(new Date());
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  const source = aSource(db, { clock, services: amazonServices(sandbox(), { clock }) });
  const as = (userId: string, memberships = asOwner) => aCtx(source, owner.agencyId, { memberships, userId });
  const ctx = as(owner.userId);
  const ava = await discovered(ctx, "Ava");
  const ben = await discovered(ctx, "Ben");
  const [coffee, alps, none] = [
    await aBrand(db, owner.agencyId, "Harbor"),
    await aBrand(db, owner.agencyId, "Alps"),
    await aBrand(db, owner.agencyId, "Not begun"),
  ];
  await assign(ctx, "Harbor & Pine Coffee", coffee);
  await assign(ctx, "Alpenherz Naturkost", alps);
  return { ...owner, identity, clock, source, as, ctx, ava, ben, coffee, alps, none };
}

async function discovered(ctx: Ctx, name: string): Promise<string> {
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), name).id });
  await discoverAccounts(ctx, { connectionId });
  return connectionId;
}

async function assign(ctx: Ctx, name: string, brandId: string) {
  const { items } = await ctx.tx((tx) => listAccounts(tx, wholeList()));
  const accountIds = items.filter((one) => one.name === name).map(({ id }) => id);
  await assignAccounts(ctx, { accountIds, brandId });
}

const setState = (ctx: Ctx, id: string, state: ConnectionState, reason = `it is ${state}`) =>
  ctx.tx(async (tx) => {
    const row = await lockConnection(tx, id);
    if (row) await changeState(tx, row, { state, reason, remedy: null });
  });

const asked = (filters: Record<string, string> = {}, more: Partial<ListQuery> = {}): ListQuery => ({
  ...wholeList(),
  filters: Object.entries(filters).map(([field, value]): Filter => ({ field, operator: "eq", values: [value] })),
  ...more,
});
const brandsOf = async (ctx: Ctx, query = asked()) => (await ctx.tx((tx) => listBrandConsents(tx, query))).items;
const consentsOf = async (ctx: Ctx, query = asked()) => (await ctx.tx((tx) => listConsents(tx, query))).items;

test("each brand shows how well it is covered, by whom, and who would take over; those in danger come first", async () => {
  const { ctx, ava, ben, coffee } = await anOffice();
  expect((await brandsOf(ctx)).map(({ name, cover, usable, hanging }) => [name, cover, usable, hanging])).toEqual([
    ["Alps", "one_grantor", 1, 1],
    ["Harbor", "covered", 2, 0],
    ["Not begun", "no_accounts", 0, 0],
  ]);
  const harbor = await ctx.tx((tx) => getBrandConsent(tx, coffee));
  expect(harbor).toMatchObject({
    grantors: [
      { connectionId: ava, name: "Ava Brandt", state: "healthy", primary: 1, backup: 0 },
      { connectionId: ben, name: "Ben Ortiz", state: "healthy", primary: 0, backup: 1 },
    ],
    accounts: [
      { name: "Harbor & Pine Coffee", readThrough: { id: ava, name: "Ava Brandt" }, backups: [{ name: "Ben Ortiz" }] },
    ],
    endsAt: expect.any(String),
  });
  expect(await ctx.tx((tx) => summarizeConsents(tx))).toEqual({
    brands: 2,
    stranded: 0,
    oneGrantor: 1,
    ending: 0,
    ownersLeft: 0,
  });
});

test("each consent shows what would stop at once without it, and what another would take over", async () => {
  const { ctx, ava, ben, coffee, alps } = await anOffice();
  const [first, second] = await consentsOf(ctx);
  expect(first).toMatchObject({
    id: ava,
    name: "Ava Brandt",
    stops: 2,
    moves: 1,
    brands: [
      { id: alps, name: "Alps" },
      { id: coffee, name: "Harbor" },
    ],
    ownerName: "Olive Owner",
    ownerLeft: false,
  });
  const next = Object.fromEntries((first?.accounts ?? []).map((account) => [account.name, account.next?.name ?? null]));
  expect(next).toEqual({
    "Alpenherz Naturkost": null,
    "Harbor & Pine Coffee": "Ben Ortiz",
    "Lumen Trail Outdoor": null,
  });
  expect(second).toMatchObject({ id: ben, stops: 0, moves: 0, backup: 1, accounts: [] });
});

test("when a consent is lost, its brands are stranded or hang on the one that took over, as was said before", async () => {
  const { ctx, ava, ben } = await anOffice();
  await setState(ctx, ava, "needs_reconsent");
  expect((await brandsOf(ctx)).map(({ name, cover }) => [name, cover])).toEqual([
    ["Alps", "stranded"],
    ["Harbor", "one_grantor"],
    ["Not begun", "no_accounts"],
  ]);
  expect(await ctx.tx((tx) => getConsent(tx, ava))).toMatchObject({ stops: 0, moves: 0, accounts: [] });
  expect(await ctx.tx((tx) => getConsent(tx, ben))).toMatchObject({ stops: 1, accounts: [{ next: null }] });
  const [alps] = await brandsOf(ctx, asked({ cover: "stranded" }));
  expect(alps).toMatchObject({ usable: 0, stranded: 1, grantors: [{ name: "Ava Brandt", state: "needs_reconsent" }] });
});

test("the map is found by cover, grantor, state and words, sorted and in pages", async () => {
  const { ctx, ben } = await anOffice();
  const names = async (query: ListQuery) => (await brandsOf(ctx, query)).map(({ name }) => name);
  expect(await names(asked({ cover: "covered" }))).toEqual(["Harbor"]);
  expect(await names(asked({ grantor: ben }))).toEqual(["Harbor"]);
  expect(await names(asked({}, { search: "naturkost" }))).toEqual(["Alps"]);
  expect(await names(asked({}, { sort: { field: "name", order: "desc" } }))).toEqual(["Not begun", "Harbor", "Alps"]);
  // What has no end comes last in both directions.
  expect((await names(asked({}, { sort: { field: "endsAt", order: "desc" } }))).at(-1)).toBe("Not begun");
  expect(await names(asked({}, { start: 1, limit: 1 }))).toEqual(["Harbor"]);
  expect((await consentsOf(ctx, asked({ state: "healthy" }, { search: "ben" }))).map(({ name }) => name)).toEqual([
    "Ben Ortiz",
  ]);
});

test("whoever has a role for some brands sees these only, and no account of another", async () => {
  const { as, coffee, userId } = await anOffice();
  const ctx = as(userId, [{ brandId: coffee, role: "ops" }]);
  expect((await brandsOf(ctx)).map(({ name }) => name)).toEqual(["Harbor"]);
  expect(JSON.stringify(await consentsOf(ctx))).not.toMatch(/Alp|Lumen/);
  const lead = as(userId, [{ brandId: coffee, role: "lead" }]);
  await expect(lead.tx((tx) => listConsents(tx, wholeList()))).rejects.toMatchObject({ code: "forbidden" });
});

test("an owner who has left is flagged, and another person can take the connection over", async () => {
  const { ctx, as, ava, agencyId, identity } = await anOffice();
  const dana = await aPerson(identity, agencyId, "ops");
  const dropped = as(dana.userId, [{ brandId: null, role: "ops" }]);
  await takeOver(dropped, { id: ava });
  await ctx.tx((tx) => setUserState(tx, dana.userId, "suspended"));
  expect(await ctx.tx((tx) => getConsent(tx, ava))).toMatchObject({ ownerName: "Test ops", ownerLeft: true });
  expect(await ctx.tx((tx) => getConnection(tx, ava))).toMatchObject({ ownerLeft: true });
  expect((await consentsOf(ctx, asked({ ownerLeft: "true" }))).map(({ id }) => id)).toEqual([ava]);
  await takeOver(ctx, { id: ava });
  expect(await ctx.tx((tx) => getConnection(tx, ava))).toMatchObject({ ownerName: "Olive Owner", ownerLeft: false });
  const { items } = await ctx.tx((tx) => listConnectionEvents(tx, asked({ connectionId: ava })));
  expect(items.filter(({ action }) => action === "connection.taken_over")).toHaveLength(2);
});

test("the history tells states with how long they lasted, and accounts that moved together as one line", async () => {
  const { ctx, as, clock, ava, ben, coffee, userId } = await anOffice();
  clock.advance({ days: 1 });
  await setState(ctx, ava, "degraded", "Amazon could not be reached.");
  clock.advance({ minutes: 12 });
  await setState(ctx, ava, "healthy");
  clock.advance({ hours: 2 });
  await setState(ctx, ava, "needs_reconsent", "Amazon refused the token 3 times.");
  const history = async (id: string, reader = ctx) =>
    (await reader.tx((tx) => listConnectionEvents(tx, asked({ connectionId: id })))).items;
  const events = await history(ava);
  expect(events[0]?.at && events.every(({ at }, index) => index === 0 || at <= (events[index - 1]?.at ?? ""))).toBe(
    true,
  );
  expect(events.find(({ action }) => action === "connection.became_healthy")).toMatchObject({ lasted: 720 });
  expect(events.find(({ action }) => action === "connection.became_needs_reconsent")).toMatchObject({
    lasted: 7200,
    reason: "Amazon refused the token 3 times.",
  });
  expect(events.find(({ action }) => action === "account.failed_over")).toMatchObject({
    direction: "left",
    otherName: "Ben Ortiz",
    accountNames: expect.arrayContaining(["Harbor & Pine Coffee"]),
  });
  expect(events.find(({ action }) => action === "account.stranded")?.accounts).toBeGreaterThanOrEqual(2);
  expect(events.at(-1)).toMatchObject({ action: "connection.connected", actorName: "Test person", lasted: null });
  expect((await history(ben)).find(({ action }) => action === "account.failed_over")).toMatchObject({
    direction: "came",
    otherName: "Ava Brandt",
  });
  const narrow = await history(ava, as(userId, [{ brandId: coffee, role: "ops" }]));
  expect(JSON.stringify(narrow)).not.toMatch(/Alpenherz|Lumen/);
  expect(narrow).toHaveLength(events.length);
  const page = await ctx.tx((tx) => listConnectionEvents(tx, asked({ connectionId: ava }, { start: 1, limit: 2 })));
  expect(page.total).toBe(events.length);
  expect(page.items.map(({ id }) => id)).toEqual(events.slice(1, 3).map(({ id }) => id));
});

test("whoever is asked to consent is told the accounts they should see, and the region most are in", async () => {
  const { ctx, as, coffee, alps, userId } = await anOffice();
  const request = await ctx.tx((tx) => describeConsentRequest(tx, [coffee, alps]));
  expect(request.brands.map(({ name }) => name)).toEqual(["Alps", "Harbor"]);
  expect(request.accounts).toEqual([
    { name: "Alpenherz Naturkost", region: "EU" },
    { name: "Harbor & Pine Coffee", region: "NA" },
  ]);
  expect((await ctx.tx((tx) => describeConsentRequest(tx, [alps]))).region).toBe("EU");
  const narrow = as(userId, [{ brandId: coffee, role: "ops" }]);
  expect((await narrow.tx((tx) => describeConsentRequest(tx, [alps]))).accounts).toEqual([]);
});

test("a role for one brand is enough to connect one's own Amazon user, and for nothing else of a connection", async () => {
  const { as, ctx, coffee, alps, ava, identity, agencyId } = await anOffice();
  const guest = await aPerson(identity, agencyId, "ops");
  const narrow = as(guest.userId, [{ brandId: coffee, role: "ops" }]);
  const chloe = await discovered(narrow, "Chloe");
  expect(await ctx.tx((tx) => getConnection(tx, chloe))).toMatchObject({ ownerName: "Test ops", state: "healthy" });
  await expect(takeOver(narrow, { id: ava })).rejects.toMatchObject({ code: "forbidden" });
  const elsewhere = as(guest.userId, [{ brandId: alps, role: "lead" }]);
  await expect(connected(elsewhere, { userId: amazonUser(sandbox(), "Ben").id })).rejects.toMatchObject({
    code: "forbidden",
  });
});
