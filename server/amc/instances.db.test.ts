import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { anAmcOffice } from "../../tests/support/amc-office";
import { testDatabase } from "../../tests/support/database";
import { wholeList } from "../core/query";
import { attachAdvertisers, createInstance, listAccountChoices } from "./change-instance";
import { discoverInstances } from "./discover-instances";
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
