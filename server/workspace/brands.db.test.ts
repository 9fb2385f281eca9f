import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { auditedActions } from "../../tests/support/people";
import { wholeList } from "../core/query";
import { archiveBrand, createBrand, restoreBrand, updateBrandName } from "./change-brand";
import { getBrand, listBrands } from "./list-brands";

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
  const renamed = await updateBrandName(ctx, { id: made.id, name: "Acme", version: 1 });
  expect(renamed.version).toBe(2);
  await archiveBrand(ctx, { id: made.id });
  expect((await ctx.tx((tx) => listBrands(tx, onlyArchived(true)))).items.map((brand) => brand.name)).toEqual(["Acme"]);
  expect((await ctx.tx((tx) => listBrands(tx, onlyArchived(false)))).total).toBe(0);
  await restoreBrand(ctx, { id: made.id });
  expect((await ctx.tx((tx) => getBrand(tx, made.id))).archivedAt).toBeNull();
  expect((await auditedActions(ctx)).sort()).toEqual([
    "brand.archived",
    "brand.created",
    "brand.renamed",
    "brand.restored",
  ]);
});

test("of two who change the same brand, the second is told instead of winning", async () => {
  const { ctx } = await asAdmin();
  const { id, version } = await createBrand(ctx, { name: "Acme" });
  await updateBrandName(ctx, { id, name: "Acme One", version });
  await expect(updateBrandName(ctx, { id, name: "Acme Two", version })).rejects.toMatchObject({ code: "conflict" });
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
  await expect(updateBrandName(other.ctx, { id, name: "Mine", version: 1 })).rejects.toMatchObject({
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
  await updateBrandName(ops, { id: mine, name: `Renamed ${randomUUID()}`, version: 1 });
  await expect(createBrand(ops, { name: "New" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(archiveBrand(ops, { id: theirs })).rejects.toMatchObject({ code: "forbidden" });
  await expect(archiveBrand(client, { id: mine })).rejects.toMatchObject({ code: "forbidden" });
});

test("an id that is none is not found", async () => {
  const { ctx } = await asAdmin();
  await expect(ctx.tx((tx) => getBrand(tx, "not-an-id"))).rejects.toMatchObject({ code: "not_found" });
});
