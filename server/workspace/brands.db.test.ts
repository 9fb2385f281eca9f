import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { auditedActions } from "../../tests/support/people";
import { wholeList } from "../core/query";
import { users } from "../identity/tables";
import { archiveBrand, createBrand, restoreBrand, updateBrand } from "./change-brand";
import { getBrand, listBrands } from "./list-brands";
import { memberships } from "./tables";

const { db } = testDatabase();
const source = aSource(db);
const asAdmin = async () => {
  const agencyId = await anAgency(db);
  return { agencyId, ctx: aCtx(source, agencyId, { memberships: asOwner }) };
};
const onlyArchived = (archived: boolean) => ({
  ...wholeList(),
  filters: [{ field: "archived", operator: "eq" as const, values: [String(archived)] }],
});

test("a brand is created, renamed, archived and restored, each with its audit row", async () => {
  const { ctx } = await asAdmin();
  const made = await createBrand(ctx, { name: "  Acme Home " });
  expect(made).toMatchObject({ name: "Acme Home", version: 1, archivedAt: null });
  const renamed = await updateBrand(ctx, { id: made.id, name: "Acme", version: 1 });
  expect(renamed.version).toBe(2);
  await archiveBrand(ctx, { id: made.id });
  expect((await ctx.tx((tx) => listBrands(tx, onlyArchived(true)))).items.map((brand) => brand.name)).toEqual(["Acme"]);
  expect((await ctx.tx((tx) => listBrands(tx, onlyArchived(false)))).total).toBe(0);
  await restoreBrand(ctx, { id: made.id });
  expect((await ctx.tx((tx) => getBrand(tx, made.id))).archivedAt).toBeNull();
  expect((await auditedActions(ctx)).sort()).toEqual([
    "brand.archived",
    "brand.created",
    "brand.restored",
    "brand.updated",
  ]);
});

test("of two who change the same brand, the second is told instead of winning", async () => {
  const { ctx } = await asAdmin();
  const { id, version } = await createBrand(ctx, { name: "Acme" });
  await updateBrand(ctx, { id, name: "Acme One", version });
  await expect(updateBrand(ctx, { id, name: "Acme Two", version })).rejects.toMatchObject({
    code: "conflict",
    present: { id, name: "Acme One", version: version + 1 },
  });
  expect((await ctx.tx((tx) => getBrand(tx, id))).name).toBe("Acme One");
});

test("a name is taken once in an agency, in any case, and free in the next agency", async () => {
  const { ctx } = await asAdmin();
  await createBrand(ctx, { name: "Acme" });
  await expect(createBrand(ctx, { name: "ACME" })).rejects.toMatchObject({
    code: "invalid",
    fields: { name: expect.stringContaining("exists already") },
  });
  const next = await asAdmin();
  await expect(createBrand(next.ctx, { name: "Acme" })).resolves.toBeDefined();
});

test.each(["", "   ", "x".repeat(121), "a\u0007b"])("%j is no brand name", async (name) => {
  const { ctx } = await asAdmin();
  await expect(createBrand(ctx, { name })).rejects.toMatchObject({ fields: { name: expect.any(String) } });
});

test("archiving twice changes nothing and writes no second audit row", async () => {
  const { ctx } = await asAdmin();
  const { id } = await createBrand(ctx, { name: "Acme" });
  const once = await archiveBrand(ctx, { id });
  expect(await archiveBrand(ctx, { id })).toEqual(once);
  expect((await auditedActions(ctx)).filter((action) => action === "brand.archived")).toHaveLength(1);
});

test("another agency sees and changes nothing", async () => {
  const { ctx } = await asAdmin();
  const { id } = await createBrand(ctx, { name: "Acme" });
  const other = await asAdmin();
  expect((await other.ctx.tx((tx) => listBrands(tx, wholeList()))).items).toEqual([]);
  await expect(other.ctx.tx((tx) => getBrand(tx, id))).rejects.toMatchObject({ code: "not_found" });
  await expect(updateBrand(other.ctx, { id, name: "Mine", version: 1 })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("who has one brand sees that brand, and may change it only with the right role", async () => {
  const { agencyId } = await asAdmin();
  const [mine, theirs] = [await aBrand(db, agencyId), await aBrand(db, agencyId)];
  const ops = aCtx(source, agencyId, { memberships: [{ brandId: mine, role: "ops" }] });
  const client = aCtx(source, agencyId, { memberships: [{ brandId: mine, role: "client" }] });
  expect((await ops.tx((tx) => listBrands(tx, wholeList()))).items.map((brand) => brand.id)).toEqual([mine]);
  await expect(ops.tx((tx) => getBrand(tx, theirs))).rejects.toMatchObject({ code: "not_found" });
  await updateBrand(ops, { id: mine, name: `Renamed ${randomUUID()}`, version: 1 });
  await expect(createBrand(ops, { name: "New" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(archiveBrand(ops, { id: theirs })).rejects.toMatchObject({ code: "not_found" });
  await expect(archiveBrand(client, { id: mine })).rejects.toMatchObject({ code: "forbidden" });
});

test("an id that is none is not found", async () => {
  const { ctx } = await asAdmin();
  await expect(ctx.tx((tx) => getBrand(tx, "not-an-id"))).rejects.toMatchObject({ code: "not_found" });
});

test("tags, owner and budget are kept, found by, and each changed alone", async () => {
  const { agencyId, ctx } = await asAdmin();
  const [mine, other] = [await aBrand(db, agencyId), await aBrand(db, agencyId)];
  const lead = await aMember(agencyId, mine, "Mira Lead");
  const made = await updateBrand(ctx, {
    id: mine,
    version: 1,
    tags: ["Retail", " home ", "HOME"],
    ownerUserId: lead,
    monthlyBudget: "5000000000",
    budgetCurrency: "USD",
  });
  expect(made).toMatchObject({
    tags: ["Retail", "home"],
    ownerName: "Mira Lead",
    monthlyBudget: "5000000000",
    version: 2,
  });
  expect(await updateBrand(ctx, { id: mine, version: 2, tags: ["Retail", "home"] })).toEqual(made);
  const renamed = await updateBrand(ctx, { id: mine, version: 2, name: "Acme", monthlyBudget: "6000000000" });
  expect(renamed).toMatchObject({ tags: ["Retail", "home"], budgetCurrency: "USD", monthlyBudget: "6000000000" });
  const found = async (field: string, value: string) => {
    const filters = [{ field, operator: "eq" as const, values: [value] }];
    return (await ctx.tx((tx) => listBrands(tx, { ...wholeList(), filters }))).items.map(({ id }) => id);
  };
  expect(await found("tags", "retail")).toEqual([mine]);
  expect(await found("ownerUserId", lead)).toEqual([mine]);
  const sort = { field: "ownerName", order: "asc" as const };
  const sorted = await ctx.tx((tx) => listBrands(tx, { ...wholeList(), sort }));
  expect(sorted.items.map(({ id }) => id)).toEqual([mine, other]);
});

test("an owner who cannot see the brand, half a budget and a tag that is none are refused by field", async () => {
  const { agencyId, ctx } = await asAdmin();
  const [mine, other] = [await aBrand(db, agencyId), await aBrand(db, agencyId)];
  const stranger = await aMember(agencyId, other, "Sees another brand");
  const suspended = await aMember(agencyId, null, "Suspended", "suspended");
  const refused = async (fields: object, field: string) =>
    expect(updateBrand(ctx, { id: mine, version: 1, ...fields })).rejects.toMatchObject({
      code: "invalid",
      fields: { [field]: expect.any(String) },
    });
  await refused({ ownerUserId: stranger }, "ownerUserId");
  await refused({ ownerUserId: suspended }, "ownerUserId");
  await refused({ ownerUserId: randomUUID() }, "ownerUserId");
  await refused({ monthlyBudget: "5000000000" }, "budgetCurrency");
  await refused({ budgetCurrency: "USD" }, "monthlyBudget");
  await refused({ monthlyBudget: "-1" }, "monthlyBudget");
  await refused({ tags: ["a,b"] }, "tags.0");
  await refused({ agencyId: randomUUID() }, "agencyId");
});

test("tags are the agency's own: a client sees the owner and the budget, and finds nothing by tag", async () => {
  const { agencyId, ctx } = await asAdmin();
  const id = await aBrand(db, agencyId);
  await updateBrand(ctx, { id, version: 1, tags: ["at risk"], monthlyBudget: "1000000", budgetCurrency: "EUR" });
  const client = aCtx(source, agencyId, { memberships: [{ brandId: id, role: "client" }] });
  expect(await client.tx((tx) => getBrand(tx, id))).toMatchObject({ tags: [], monthlyBudget: "1000000" });
  const filters = [{ field: "tags", operator: "like" as const, values: ["risk"] }];
  expect((await client.tx((tx) => listBrands(tx, { ...wholeList(), filters }))).total).toBe(0);
});

async function aMember(
  agencyId: string,
  brandId: string | null,
  name: string,
  state: "active" | "suspended" = "active",
) {
  const userId = randomUUID();
  await db.withAgency(agencyId, async (scope) => {
    await scope.db
      .insert(users)
      .values({ agencyId, id: userId, email: `${userId}@example.com`, name, personId: userId, state });
    await scope.db.insert(memberships).values({ agencyId, userId, brandId, role: "lead" });
  });
  return userId;
}
