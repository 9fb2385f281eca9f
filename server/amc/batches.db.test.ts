import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { anAmcOffice } from "../../tests/support/amc-office";
import { testDatabase } from "../../tests/support/database";
import { wholeList } from "../core/query";
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
  const reach = { templateId: "overlap", instanceIds: [instance.id] };
  await changePolicy(ctx, { id: policyId, mostOverlapping: 1, whenOver: "refuse" });
  await startBatch(ctx, { ...reach, window: days });
  await startBatch(ctx, { ...reach, window: days });
  await expect(startBatch(ctx, { ...reach, window: days })).rejects.toMatchObject({ code: "limit" });
  const past = await startBatch(ctx, { ...reach, backfill: { period: "week", periods: 6 } });
  expect(past.refused.length).toBeGreaterThan(0);
  expect(past.total).toBe(6 - past.refused.length);
  expect(past.refused[0]).toMatchObject({ instanceId: instance.id, reason: expect.stringContaining("same tables") });
}, 240_000);

test("a batch is cancelled as a whole", async () => {
  const { ctx, instance, run } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
  const backfill = { period: "month" as const, periods: 4 };
  const { id } = await startBatch(ctx, { templateId: "overlap", instanceIds: [instance.id], backfill, atOnce: 1 });
  await cancelBatch(ctx, { id });
  await run();
  expect(await ctx.tx((tx) => getBatch(tx, id))).toMatchObject({ cancelled: 4, done: 0, running: 0, waiting: 0 });
}, 240_000);
