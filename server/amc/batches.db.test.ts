import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { anAmcOffice } from "../../tests/support/amc-office";
import { aBrand, aCtx } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { wholeList } from "../core/query";
import { changeInstance } from "./change-instance";
import { changePolicy } from "./change-policy";
import { listDifferences } from "./compare-results";
import { policyId } from "./contract";
import { getBatch } from "./list-batches";
import { listExecutions } from "./list-executions";
import { listResultRows } from "./read-result";
import { cancelBatch, startBatch } from "./start-batch";

const { db, ownerUrl } = testDatabase();
const sandbox = testSandbox({ amcPeople: 400, amcRunSeconds: 0 });

test("the past is asked week by week, the newest first, a few at a time, into one table, and two weeks are compared", async () => {
  const { ctx, instance, run } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const backfill = { period: "week" as const, periods: 6 };
  const batch = await startBatch(ctx, { templateId: "overlap", instanceIds: [instance.id], backfill, atOnce: 2 });
  expect(batch).toMatchObject({ kind: "backfill", total: 6, running: 2, waiting: 4, finishedAt: null });
  const byBatch = [{ field: "batchId", operator: "eq" as const, values: [batch.id] }];
  const runs = () => ctx.tx((tx) => listExecutions(tx, { ...wholeList(), filters: byBatch }));
  const weeks = (await runs()).items.map(({ window, state }) => ({ from: window.from, state }));
  const latest = weeks
    .map(({ from }) => from)
    .sort()
    .slice(-2);
  expect(
    weeks
      .filter(({ state }) => state !== "waiting")
      .map(({ from }) => from)
      .sort(),
  ).toEqual(latest);
  for (const { asked, window } of (await runs()).items) {
    expect(asked).toEqual({ kind: "days", from: window.from, to: window.to });
  }
  await run();
  expect(await ctx.tx((tx) => getBatch(tx, batch.id))).toMatchObject({ done: 6, failed: 0, waiting: 0, etaAt: null });
  const { items, total } = await ctx.tx((tx) => listResultRows(tx, { ...wholeList(), filters: byBatch }));
  expect(total).toBe(items.length);
  expect(new Set(items.map(({ from }) => from)).size).toBe(6);
  const [one, other] = (await runs()).items;
  const filters = [
    { field: "executionId", operator: "eq" as const, values: [one?.id ?? ""] },
    { field: "with", operator: "eq" as const, values: [other?.id ?? ""] },
  ];
  const differences = await ctx.tx((tx) => listDifferences(tx, { ...wholeList(), filters }));
  const both = differences.items.find(({ only }) => only === "both");
  expect(Number(both?.after.users) - Number(both?.before.users)).toBe(both?.change.users);
}, 240_000);

test("the runs of a batch count among each other, and it says which of them the policy refused", async () => {
  const { ctx, instance } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const days = { kind: "last" as const, days: 28 };
  const reach = { templateId: "overlap", instanceIds: [instance.id], whenIdentical: "run" as const };
  await changePolicy(ctx, { id: policyId, mostOverlapping: 1, whenOver: "refuse" });
  await startBatch(ctx, { ...reach, window: days });
  await startBatch(ctx, { ...reach, window: days });
  await expect(startBatch(ctx, { ...reach, window: days })).rejects.toMatchObject({ code: "limit" });
  const past = await startBatch(ctx, { ...reach, backfill: { period: "week", periods: 6 } });
  expect(past.refused.length).toBeGreaterThan(0);
  expect(past.total).toBe(6 - past.refused.length);
  expect(past.refused[0]).toMatchObject({ instanceId: instance.id, reason: expect.stringContaining("same tables") });
}, 240_000);

test("what was answered lately, or is being asked, is not asked again: it answers in the batch too, unless all are asked anew", async () => {
  const { ctx, instance, run, wait } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const started = () => sandbox().control.calls.list({ operation: "amc.executions.create" }).length;
  const weeks = (periods: number) => ({
    templateId: "overlap",
    instanceIds: [instance.id],
    backfill: { period: "week" as const, periods },
  });
  const ofBatch = ({ id }: { id: string }) => [{ field: "batchId", operator: "eq" as const, values: [id] }];
  await startBatch(ctx, weeks(2));
  await run();
  wait(60);
  const before = started();
  const second = await startBatch(ctx, weeks(3));
  expect(second).toMatchObject({ total: 3, reused: 2, done: 2, running: 1, finishedAt: null, refused: [] });
  const third = await startBatch(ctx, weeks(3));
  expect(third).toMatchObject({ total: 3, reused: 3, done: 2, running: 1, finishedAt: null });
  expect(new Date(third.createdAt).getTime() - new Date(third.oldestReusedAt ?? 0).getTime()).toBeGreaterThan(
    3_500_000,
  );
  await cancelBatch(ctx, { id: third.id });
  await run();
  expect(started() - before).toBe(1);
  const over = await ctx.tx((tx) => getBatch(tx, third.id));
  expect(over).toMatchObject({ done: 3, cancelled: 0, etaAt: null, finishedAt: expect.any(String) });
  const [own, reused] = await ctx.tx(async (tx) => [
    await listResultRows(tx, { ...wholeList(), filters: ofBatch(second) }),
    await listResultRows(tx, { ...wholeList(), filters: ofBatch(third) }),
  ]);
  expect(reused.items.every((row) => row.reused)).toBe(true);
  expect(reused.items.map(({ id }) => id)).toEqual(own.items.map(({ id }) => id));
  expect(new Set(own.items.map((row) => `${row.from} ${row.reused}`)).size).toBe(3);
  const anew = await startBatch(ctx, { ...weeks(3), whenIdentical: "run" });
  expect(anew).toMatchObject({ total: 3, reused: 0, oldestReusedAt: null });
  await changePolicy(ctx, { id: policyId, freshHours: 0 });
  expect(await startBatch(ctx, weeks(2))).toMatchObject({ total: 2, reused: 0 });
}, 240_000);

test("a batch that is answered by what is there belongs to whoever sees those answers", async () => {
  const { ctx, agencyId, source, instance, run } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const backfill = { period: "week" as const, periods: 1 };
  await startBatch(ctx, { templateId: "overlap", instanceIds: [instance.id], backfill });
  await run();
  const again = await startBatch(ctx, { templateId: "overlap", instanceIds: [instance.id], backfill });
  expect(again).toMatchObject({ reused: 1, done: 1, finishedAt: again.createdAt });
  const brandId = await aBrand(db, agencyId, "Harbor");
  const stranger = aCtx(source, agencyId, { memberships: [{ brandId, role: "lead" }] });
  await expect(stranger.tx((tx) => getBatch(tx, again.id))).rejects.toMatchObject({ code: "not_found" });
  await changeInstance(ctx, { id: instance.id, version: instance.version, brandId });
  expect(await stranger.tx((tx) => getBatch(tx, again.id))).toMatchObject({ total: 1 });
}, 240_000);

test("a batch is cancelled as a whole", async () => {
  const { ctx, instance, run } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const backfill = { period: "month" as const, periods: 4 };
  const { id } = await startBatch(ctx, { templateId: "overlap", instanceIds: [instance.id], backfill, atOnce: 1 });
  await cancelBatch(ctx, { id });
  await run();
  expect(await ctx.tx((tx) => getBatch(tx, id))).toMatchObject({ cancelled: 4, done: 0, running: 0, waiting: 0 });
}, 240_000);
