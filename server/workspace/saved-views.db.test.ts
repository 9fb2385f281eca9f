import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aCtx, anAgency, aSource } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { wholeList } from "../core/query";
import type { Role } from "./contract";
import { changeView, defaultViewOf, listSavedViews, removeView, saveView } from "./saved-views";

const { db } = testDatabase();
const source = aSource(db);

const people = async () => {
  const agencyId = await anAgency(db);
  return (role: Role) => aCtx(source, agencyId, { memberships: [{ brandId: null, role }], userId: randomUUID() });
};
type Person = ReturnType<Awaited<ReturnType<typeof people>>>;
const seen = async (ctx: Person) => (await ctx.tx((tx) => listSavedViews(tx, wholeList()))).items;
const view = { resource: "brands", name: "Mine", query: "q=acme" };

test("a view is its owner's until it is shared with the staff; clients never see it", async () => {
  const as = await people();
  const [ops, lead, client] = [as("ops"), as("lead"), as("client")];
  const made = await saveView(ops, view);
  expect(await seen(lead)).toEqual([]);
  await changeView(ops, { id: made.id, version: 1, shared: true });
  expect(await seen(lead)).toEqual([expect.objectContaining({ name: "Mine", own: false, query: "q=acme" })]);
  expect(await seen(client)).toEqual([]);
  await expect(removeView(lead, { id: made.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(saveView(client, { ...view, shared: true })).rejects.toMatchObject({ code: "forbidden" });
  await expect(saveView(client, view)).resolves.toMatchObject({ own: true });
});

test("one view of a list opens first, and the last chosen is it", async () => {
  const ops = (await people())("ops");
  const first = await saveView(ops, { ...view, isDefault: true });
  const second = await saveView(ops, { ...view, name: "Other", query: "q=zeta", isDefault: true });
  expect(await defaultViewOf(ops, "brands")).toEqual({ id: second.id, query: "q=zeta" });
  expect(await defaultViewOf(ops, "accounts")).toBeNull();
  await changeView(ops, { id: first.id, version: 1, isDefault: true });
  expect((await seen(ops)).filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(["Mine"]);
});

test("a view updated from two windows is not lost, and a name is taken once", async () => {
  const ops = (await people())("ops");
  const { id } = await saveView(ops, view);
  await changeView(ops, { id, version: 1, query: "q=one" });
  await expect(changeView(ops, { id, version: 1, query: "q=two" })).rejects.toMatchObject({ code: "conflict" });
  await expect(saveView(ops, { ...view, name: "MINE" })).rejects.toMatchObject({
    fields: { name: expect.any(String) },
  });
});
