import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { anInstance } from "../../tests/support/amc-instance";
import { anAmcOffice } from "../../tests/support/amc-office";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { reportedAccount } from "../../tests/support/reported-account";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { attachAdvertisers, createInstance, listAccountChoices } from "./change-instance";
import { discoverInstances } from "./discover-instances";
import { connectionsFor, dropUnseen, upsertInstance } from "./instance-store";
import { getInstance, listInstances } from "./list-instances";

const { db, ownerUrl } = testDatabase();
const sandbox = testSandbox({ amcPeople: 50 });
const created = () =>
  sandbox()
    .control.calls.list({ operation: "amc.instances.create" })
    .filter(({ status }) => status === 200);

test("instances are made at Amazon, fifty in one go, each once and usable in the end", async () => {
  const { ctx, connectionId, run, clock } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const { accounts } = await listAccountChoices(ctx, { connectionId });
  const [account] = accounts;
  if (!account) throw new Error("Ava has an AMC account");
  const { accountId, marketplaceId, region } = account;
  const before = created().length;
  const ids: string[] = [];
  for (let index = 0; index < 50; index++) {
    const wish = { name: `Brand ${index}`, connectionId, region, accountId, marketplaceId, brandId: null };
    ids.push((await createInstance(ctx, wish)).id);
  }
  const state = async () =>
    (await ctx.tx((tx) => listInstances(tx, wholeList()))).items.filter(({ id }) => ids.includes(id));
  expect((await state()).every((instance) => instance.state === "requested")).toBe(true);
  await run(new Date(clock().getTime() + 30 * 60_000));
  expect(created().length - before).toBe(50);
  const made = await state();
  expect(new Set(made.map(({ amazonId }) => amazonId)).size).toBe(50);
  // Found again, none is there twice.
  await discoverInstances(ctx, {});
  await run(new Date(clock().getTime() + 30 * 60_000));
  const { total } = await ctx.tx((tx) => listInstances(tx, wholeList()));
  expect(total).toBe(52);
}, 240_000);

test("advertisers are attached ten at a time, one update after the other", async () => {
  const { ctx, instance, run, clock, wait } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const advertisers = sandbox().control.world().advertisers;
  const [first] = instance.advertisers;
  const add = advertisers
    .filter(({ advertiserId }) => advertiserId !== first?.id)
    .slice(0, 12)
    .map(({ advertiserId }) => ({ id: advertiserId, type: "DISPLAY" as const }));
  const asked = await attachAdvertisers(ctx, { id: instance.id, add });
  expect(asked).toMatchObject({ updating: "waiting" });
  for (let minute = 0; minute < 30; minute++) {
    wait(1);
    await run(clock());
  }
  const seen = await ctx.tx((tx) => getInstance(tx, instance.id));
  expect(seen.updating).toBeNull();
  expect(seen.note ?? "").not.toContain("limiting");
}, 240_000);

test("an advertiser of another brand, or one that nobody knows, is not attached by a member of one brand", async () => {
  const source = aSource(db);
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const [brandId, elsewhere] = [await aBrand(db, agencyId, "Harbor"), await aBrand(db, agencyId, "Elsewhere")];
  const id = await anInstance(ctx, { brandId });
  const advertiserOf = async (brand: string) => {
    const { accountId } = await reportedAccount(ctx, { brandId: brand });
    return accountId.slice(0, 8);
  };
  const [ours, theirs] = [await advertiserOf(brandId), await advertiserOf(elsewhere)];
  const permissions = ["amc.read", "instances.write"];
  const member = aCtx(source, agencyId, { memberships: [{ brandId, role: "custom", permissions }] });
  const attach = (who: Ctx, advertiser: string) =>
    attachAdvertisers(who, { id, add: [{ id: advertiser, type: "DISPLAY" as const }] });
  await expect(attach(member, theirs)).rejects.toMatchObject({ code: "invalid" });
  await expect(attach(member, "nobody's")).rejects.toMatchObject({ code: "invalid" });
  expect(await attach(member, ours)).toMatchObject({ updating: "waiting" });
  expect(await attach(ctx, "nobody's")).toMatchObject({ updating: "waiting" });
}, 60_000);

test("a discovery that comes first finds the instance that was wished for, and none is made twice", async () => {
  const { ctx, connectionId, instance } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const { name, region, accountId, marketplaceId } = instance;
  const found = { region, accountId, accountName: accountId, marketplaceId, type: "STANDARD", status: "COMPLETED" };
  const wish = { name: "Wished for", connectionId, region, accountId, marketplaceId, brandId: null };
  const { id } = await createInstance(ctx, wish);
  await ctx.tx((tx) => dropUnseen(tx, connectionId, new Date(ctx.now().getTime() + 60_000)));
  expect(await ctx.tx((tx) => connectionsFor(tx, id))).toEqual([connectionId]);
  const seen = { ...found, name: "Wished for", amazonId: "amcnew" };
  expect(await ctx.tx((tx) => upsertInstance(tx, connectionId, seen))).toBe(id);
  expect(await ctx.tx((tx) => getInstance(tx, id))).toMatchObject({ amazonId: "amcnew", state: "ready" });
  // One that is known already is not taken for the next wish of its name.
  const again = await createInstance(ctx, { ...wish, name });
  const old = { ...found, name, amazonId: instance.amazonId ?? "" };
  expect(await ctx.tx((tx) => upsertInstance(tx, connectionId, old))).toBe(instance.id);
  expect(await ctx.tx((tx) => getInstance(tx, again.id))).toMatchObject({ amazonId: null });
}, 120_000);
