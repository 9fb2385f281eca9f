import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { anAmcOffice } from "../../tests/support/amc-office";
import { aBrand, aCtx } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { cancelExecution, retryExecution } from "./change-execution";
import { changeInstance } from "./change-instance";
import { changePolicy } from "./change-policy";
import { policyId } from "./contract";
import { stepExecutionJob } from "./jobs";
import { getExecution } from "./list-executions";
import { getResult, listResultRows, resultColumns } from "./read-result";
import { checkExecution, startExecution } from "./start-execution";

const { db, ownerUrl } = testDatabase();
const sandbox = testSandbox({ amcPeople: 400, amcRunSeconds: 0 });
const anOffice = () => anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
const started = () =>
  sandbox()
    .control.calls.list({ operation: "amc.executions.create" })
    .filter(({ status }) => status === 200);
const question = (instanceId: string) => ({
  instanceId,
  templateId: "reach-and-frequency",
  window: { kind: "last" as const, days: 28 },
});
const read = (ctx: Ctx, id: string) => ctx.tx((tx) => getExecution(tx, id));

test("an instance is found with its advertisers and tables", async () => {
  const { instance } = await anOffice();
  expect(instance).toMatchObject({ state: "ready", updating: null, running: 0, waiting: 0 });
  expect(instance.tables).toContain("dsp_impressions");
  expect(instance.advertisers.length).toBeGreaterThan(0);
}, 120_000);

test("a template is run, its rows are kept, charted, paged and filed, and its workflow tidied away", async () => {
  const { ctx, instance, run } = await anOffice();
  const before = started().length;
  const asked = await startExecution(ctx, question(instance.id));
  expect(asked).toMatchObject({ outcome: "started", state: "submitting", attempts: 1 });
  await run();
  const done = await read(ctx, asked.id);
  expect(done).toMatchObject({ state: "done", amazonStatus: "SUCCEEDED", note: null });
  expect(started().length - before).toBe(1);
  const result = await ctx.tx((tx) => getResult(tx, asked.id));
  expect(result.columns.map(({ name }) => name)).toEqual([
    "frequency",
    "users",
    "buyers",
    "impressions",
    "purchases",
    "sales",
    "cost",
  ]);
  expect(result.rowCount).toBe(done.rows);
  expect(result.rows.length).toBeGreaterThan(2);
  expect(result.suppressed.known).toBe(true);
  const filters = [{ field: "executionId", operator: "eq" as const, values: [asked.id] }];
  const page = await ctx.tx((tx) => listResultRows(tx, { ...wholeList(2), start: 1, filters }));
  expect(page.total).toBe(result.rowCount);
  expect(page.items.map(({ values }) => values.users)).toEqual(result.rows.slice(1, 3).map((row) => row[1]));
  const { columns } = await ctx.tx((tx) => resultColumns(tx, { ...wholeList(), filters }));
  expect(columns.map(({ key }) => key)).toContain("frequency");
  expect(sandbox().control.calls.list({ operation: "amc.workflows.delete" }).length).toBeGreaterThan(0);
}, 120_000);

test("a run keeps how it was asked: its window before it was resolved, and what its values are given for", async () => {
  const { ctx, instance } = await anOffice();
  const steps = { name: "least", label: "Least impressions", help: "", kind: "whole" as const, default: null };
  const asked = await startExecution(ctx, {
    instanceId: instance.id,
    sql: "SELECT campaign, COUNT(DISTINCT user_id) AS users FROM dsp_impressions WHERE impressions > CUSTOM_PARAMETER('least') GROUP BY campaign",
    parameters: [steps],
    values: { least: 0 },
    window: { kind: "month", back: 1 },
  });
  expect(await read(ctx, asked.id)).toMatchObject({
    asked: { kind: "month", back: 1 },
    parameters: [steps],
    values: { least: 0 },
  });
}, 120_000);

test("an identical question is answered by the run there is, and a fresh one only on demand", async () => {
  const { ctx, instance, run, wait } = await anOffice();
  const first = await startExecution(ctx, question(instance.id));
  expect(await startExecution(ctx, question(instance.id))).toMatchObject({ id: first.id, outcome: "reused" });
  await run();
  expect(await startExecution(ctx, question(instance.id))).toMatchObject({ id: first.id, outcome: "reused" });
  const again = await startExecution(ctx, { ...question(instance.id), whenIdentical: "run" });
  expect(again).toMatchObject({ outcome: "started" });
  expect(again.id).not.toBe(first.id);
  await run();
  wait(25 * 60);
  const { verdict } = await checkExecution(ctx, question(instance.id));
  expect(verdict).toBe("start");
}, 120_000);

test("of two who ask the same at the same moment, one starts the run and the other is given it", async () => {
  const { ctx, instance } = await anOffice();
  const asked = await Promise.all([1, 2].map(() => startExecution(ctx, question(instance.id))));
  expect(asked.map(({ outcome }) => outcome).sort()).toEqual(["reused", "started"]);
  expect(asked[0]?.id).toBe(asked[1]?.id);
}, 120_000);

test("runs over the same tables and days are counted, and refused where the policy says so", async () => {
  const { ctx, instance } = await anOffice();
  const other = (days: number) => ({ ...question(instance.id), window: { kind: "last" as const, days } });
  await startExecution(ctx, other(7));
  await startExecution(ctx, other(8));
  await changePolicy(ctx, { id: policyId, mostOverlapping: 1, whenOver: "refuse" });
  const check = await checkExecution(ctx, other(9));
  expect(check).toMatchObject({ verdict: "refuse", identical: null, load: { instance: 2, perInstance: 10 } });
  expect(check.overlapping).toHaveLength(2);
  await expect(startExecution(ctx, other(9))).rejects.toMatchObject({ code: "limit" });
  expect(await startExecution(ctx, other(7))).toMatchObject({ outcome: "reused" });
  await expect(startExecution(ctx, { ...other(7), whenIdentical: "run" })).rejects.toMatchObject({ code: "limit" });
}, 120_000);

test("SQL that AMC would refuse does not start, and says where and what to do", async () => {
  const { ctx, instance } = await anOffice();
  const before = started().length;
  const sql = "SELECT campaign, user_id\nFROM dsp_impressions\nLIMIT 10";
  const asked = { instanceId: instance.id, sql, window: { kind: "last" as const, days: 7 } };
  await expect(startExecution(ctx, asked)).rejects.toMatchObject({
    code: "invalid",
    fields: expect.objectContaining({ "sql:3:1": expect.any(String) }),
  });
  await expect(startExecution(ctx, { ...question(instance.id), values: { most: 1_000 } })).rejects.toMatchObject({
    code: "invalid",
    fields: { most: "Highest frequency is 100 at most." },
  });
  expect(started().length).toBe(before);
}, 120_000);

test("a start that never arrived is sent again, once it cannot arrive any more", async () => {
  const { ctx, instance, run } = await anOffice();
  const before = started().length;
  sandbox().control.faults.add({ path: "amc.executions.create", times: 1, status: 503 });
  const asked = await startExecution(ctx, question(instance.id));
  await run();
  expect(await read(ctx, asked.id)).toMatchObject({ state: "done", attempts: 1 });
  expect(started().length - before).toBe(1);
}, 120_000);

test("a run that is cancelled while its start is lost is never started, and nothing of it stays at Amazon", async () => {
  const { ctx, instance, run } = await anOffice();
  const before = started().length;
  const deleted = () => sandbox().control.calls.list({ operation: "amc.workflows.delete" }).length;
  const deletedBefore = deleted();
  sandbox().control.faults.add({ path: "amc.executions.create", times: 1, status: 503 });
  const asked = await startExecution(ctx, question(instance.id));
  await stepExecutionJob.run(ctx, { executionId: asked.id });
  await cancelExecution(ctx, { id: asked.id });
  await run();
  expect(await read(ctx, asked.id)).toMatchObject({ state: "cancelled", attempts: 1, amazonExecutionId: null });
  expect(started().length).toBe(before);
  await retryExecution(ctx, { id: asked.id });
  await run();
  expect(await read(ctx, asked.id)).toMatchObject({ state: "done" });
  expect(deleted()).toBeGreaterThan(deletedBefore);
}, 120_000);

test("a cancellation that Amazon refuses, as it does once a run is over, is no failure: the run is looked at again", async () => {
  const { ctx, instance, run } = await anOffice();
  const asked = await startExecution(ctx, question(instance.id));
  await stepExecutionJob.run(ctx, { executionId: asked.id });
  const { amazonExecutionId } = await read(ctx, asked.id);
  const { faults } = sandbox().control;
  const body = { workflowExecutionId: amazonExecutionId, status: "RUNNING" };
  faults.add({ path: "amc.executions.get", times: 1, status: 200, body });
  faults.add({ path: "amc.executions.cancel", times: 1, status: 400 });
  await cancelExecution(ctx, { id: asked.id });
  await stepExecutionJob.run(ctx, { executionId: asked.id });
  const refusals = sandbox().control.calls.list({ operation: "amc.executions.cancel" });
  expect(refusals.filter(({ status }) => status === 400)).toHaveLength(1);
  expect(await read(ctx, asked.id)).toMatchObject({ state: "running" });
  await run();
  expect(["done", "cancelled"]).toContain((await read(ctx, asked.id)).state);
}, 120_000);

test("the answer to a start that comes when the run is over is not left running at Amazon", async () => {
  const { ctx, instance } = await anOffice();
  const asked = await startExecution(ctx, question(instance.id));
  const cancels = () => sandbox().control.calls.list({ operation: "amc.executions.cancel" }).length;
  const before = cancels();
  // While Amazon answers, the run is given up here.
  sandbox().control.faults.add({ path: "amc.executions.create", times: 1, delayMs: 2_000 });
  const step = stepExecutionJob.run(ctx, { executionId: asked.id });
  await expect.poll(async () => (await read(ctx, asked.id)).startedAt, { timeout: 10_000 }).not.toBeNull();
  await stepExecutionJob.gaveUp?.(ctx, { executionId: asked.id });
  await step;
  expect(await read(ctx, asked.id)).toMatchObject({ state: "failed" });
  expect(cancels() - before).toBe(1);
}, 120_000);

test("two processes that take the same step send one start", async () => {
  const { ctx, instance, run } = await anOffice();
  const before = started().length;
  const asked = await startExecution(ctx, question(instance.id));
  const step = () => stepExecutionJob.run(ctx, { executionId: asked.id });
  await Promise.all([step(), step()]);
  expect(started().length - before).toBe(1);
  await run();
  expect(await read(ctx, asked.id)).toMatchObject({ state: "done", attempts: 1 });
}, 120_000);

test("a waiting run is cancelled at once, one at Amazon when Amazon says so, and either can be taken up again", async () => {
  const { ctx, instance, run } = await anOffice();
  const all = [];
  for (let days = 1; days <= 11; days++) {
    all.push(await startExecution(ctx, { ...question(instance.id), window: { kind: "last", days } }));
  }
  expect(all.map(({ state }) => state)).toEqual([...Array(10).fill("submitting"), "waiting"]);
  const [first, last] = [all[0], all[10]];
  if (!first || !last) throw new Error("eleven were started");
  expect(await cancelExecution(ctx, { id: last.id })).toMatchObject({ state: "cancelled" });
  await cancelExecution(ctx, { id: first.id });
  await run();
  expect(await read(ctx, first.id)).toMatchObject({ state: "cancelled" });
  await expect(cancelExecution(ctx, { id: first.id })).rejects.toMatchObject({ code: "conflict" });
  await retryExecution(ctx, { id: first.id });
  await run();
  expect(await read(ctx, first.id)).toMatchObject({ state: "done" });
}, 180_000);

test("who may not see a brand's money gets the answer without it, and who does not see the brand gets none", async () => {
  const { ctx, agencyId, source, instance, run } = await anOffice();
  const brandId = await aBrand(db, agencyId, "Harbor");
  await changeInstance(ctx, { id: instance.id, version: instance.version, brandId });
  const columns = [{ name: "cost", label: "Cost", unit: "count" as const }];
  await expect(startExecution(ctx, { ...question(instance.id), columns })).rejects.toMatchObject({ code: "invalid" });
  const asked = await startExecution(ctx, question(instance.id));
  await run();
  const permissions = ["amc.read"];
  const poor = aCtx(source, agencyId, { memberships: [{ brandId, role: "custom", permissions }] });
  const seen = await poor.tx((tx) => getResult(tx, asked.id));
  expect(seen.moneyHidden).toBe(true);
  const cost = seen.columns.findIndex(({ name }) => name === "cost");
  expect(seen.rows.every((row) => row[cost] === null)).toBe(true);
  expect(seen.suppressed.measures.map(({ column }) => column)).not.toContain("cost");
  const elsewhere = await aBrand(db, agencyId, "Elsewhere");
  const stranger = aCtx(source, agencyId, { memberships: [{ brandId: elsewhere, role: "lead" }] });
  await expect(stranger.tx((tx) => getResult(tx, asked.id))).rejects.toMatchObject({ code: "not_found" });
  await expect(startExecution(stranger, question(instance.id))).rejects.toMatchObject({ code: "not_found" });
}, 120_000);
