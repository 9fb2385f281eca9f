import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Region, regions } from "../../server/amazon";
import { caught, type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
let ava: string;
beforeAll(async () => {
  local = await startSandboxAmazon({ amcPeople: 200, amcRunSeconds: 1 });
  ava = await local.signIn("Ava");
});
afterEach(() => local.sandbox.control.faults.clear());
afterAll(() => local.sandbox.close());

const access = (region: Region = "NA") => ({ region, accessToken: ava });
const account = (index: number) => {
  const found = local.sandbox.control.world().amc[index];
  if (!found) throw new Error("no such AMC account");
  return { ...found, owner: { accountId: found.accountId, marketplaceId: found.marketplaceId } };
};

test.each(regions)(
  "AMC accounts are found through %s, with instances and the advertisers they hold",
  async (region) => {
    const accounts = await local.amazon.amc.listAccounts(access(region));
    expect(accounts.map(({ accountId }) => accountId)).toEqual([account(0).accountId, account(1).accountId]);
    const [owner] = accounts;
    if (!owner) throw new Error("no account");
    const instances = await local.amazon.amc.listInstances({ ...access(region), owner });
    expect(instances.map((instance) => instance.instanceType)).toEqual(["STANDARD", "SANDBOX"]);
    const [{ instanceId } = { instanceId: "" }] = instances;
    const advertisers = await local.amazon.amc.listAdvertisers({ ...access(region), owner, instanceId });
    expect(advertisers.map((advertiser) => advertiser.id)).toEqual([local.world.advertisers[0]?.advertiserId]);
    await local.amazon.amc.checkAudiences({ ...access(region), instanceId });
  },
);

test("terms that are not accepted are told in Amazon's words", async () => {
  const error = await caught(local.amazon.amc.listInstances({ ...access(), owner: account(1).owner }));
  expect(error).toMatchObject({ kind: "rejected", status: 403, details: expect.stringContaining("Terms and cond") });
});

test("a user without AMC rights has no account, and may not look into another's", async () => {
  const ben = { region: "NA", accessToken: await local.signIn("Ben") } as const;
  expect(await local.amazon.amc.listAccounts(ben)).toEqual([]);
  const refused = local.amazon.amc.listInstances({ ...ben, owner: account(0).owner });
  expect((await caught(refused))?.kind).toBe("unauthorized");
  const instanceId = account(0).instances[0]?.instanceId ?? "";
  expect((await caught(local.amazon.amc.checkAudiences({ ...ben, instanceId })))?.kind).toBe("unauthorized");
});

test.each([
  [{ status: 429 }, "throttled"],
  [{ status: 503 }, "unavailable"],
  [{ status: 404, body: { code: "404", details: "no such instance" } }, "rejected"],
  [{ malformed: true }, "unexpected_shape"],
])("AMC accounts under the fault %j", async (fault, kind) => {
  local.sandbox.control.faults.add({ path: "amc.accounts.list", times: 1, ...fault });
  expect((await caught(local.clientWith({}).amc.listAccounts(access())))?.kind).toBe(kind);
});

const week = { start: "2026-11-02T00:00:00", end: "2026-11-09T00:00:00", timeZone: "America/New_York" };
const instanceOf = (type: "STANDARD" | "SANDBOX") => {
  const { owner, instances } = account(0);
  const found = instances.find((instance) => instance.instanceType === type);
  if (!found) throw new Error(`no ${type} instance`);
  return { ...access(), owner, instanceId: found.instanceId };
};
const campaigns = {
  sqlQuery: "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign",
  filteredMetricsDiscriminatorColumn: "hidden",
};

test("a workflow is made once, run over a window, looked at, listed and its rows downloaded", async () => {
  const { amc } = local.amazon;
  const instance = instanceOf("STANDARD");
  const workflow = { ...campaigns, workflowId: "tidemark_contract.1" };
  expect(await amc.createWorkflow({ ...instance, workflow })).toBe("created");
  expect(await amc.createWorkflow({ ...instance, workflow })).toBe("exists");
  const { workflowId } = await amc.getWorkflow({ ...instance, workflowId: workflow.workflowId });
  const run = await amc.startRun({ ...instance, workflowId, window: week, parameterValues: {}, timeoutSeconds: 900 });
  expect(run.status).toBe("PENDING");
  const reference = { ...instance, executionId: run.workflowExecutionId };
  const early = await caught((async () => void (await amc.downloadResult(reference)[Symbol.asyncIterator]().next()))());
  expect(early).toMatchObject({ kind: "rejected", details: expect.stringContaining("unavailable for download") });
  const status = async () => (await amc.getRun(reference)).status;
  await expect.poll(status, { timeout: 60_000, interval: 200 }).toBe("SUCCEEDED");
  const listed = await amc.listRuns({ ...instance, workflowId });
  expect(listed.map(({ workflowExecutionId }) => workflowExecutionId)).toEqual([run.workflowExecutionId]);
  const columns = new Set<string>();
  for await (const batch of amc.downloadResult(reference)) for (const name of batch.columns) columns.add(name);
  expect([...columns]).toEqual(["campaign", "impressions", "hidden"]);
  await amc.deleteWorkflow({ ...instance, workflowId });
  await amc.deleteWorkflow({ ...instance, workflowId });
  expect(await caught(amc.getWorkflow({ ...instance, workflowId }))).toMatchObject({ kind: "rejected" });
}, 120_000);

test("a run is cancelled, and refused SQL, unknown runs and real data on a trial instance are told apart", async () => {
  const { amc } = local.amazon;
  const instance = instanceOf("STANDARD");
  const workflow = { ...campaigns, workflowId: "tidemark_contract.2" };
  await amc.createWorkflow({ ...instance, workflow });
  const start = { window: week, parameterValues: {}, timeoutSeconds: 900, workflowId: workflow.workflowId };
  const { workflowExecutionId } = await amc.startRun({ ...instance, ...start });
  await amc.cancelRun({ ...instance, executionId: workflowExecutionId });
  expect(await amc.getRun({ ...instance, executionId: workflowExecutionId })).toMatchObject({ status: "CANCELLED" });
  expect(await caught(amc.getRun({ ...instance, executionId: "none" }))).toMatchObject({ kind: "rejected" });
  const bad = { workflowId: "tidemark_contract.3", sqlQuery: "SELECT user_id FROM dsp_impressions LIMIT 5" };
  const refused = await caught(
    amc
      .createWorkflow({ ...instance, workflow: bad })
      .then(() => amc.startRun({ ...instance, ...start, workflowId: bad.workflowId })),
  );
  expect(refused).toMatchObject({ kind: "rejected", status: 400 });
  const trial = instanceOf("SANDBOX");
  await amc.createWorkflow({ ...trial, workflow });
  expect(await caught(amc.startRun({ ...trial, ...start }))).toMatchObject({ kind: "rejected" });
  expect(await amc.startRun({ ...trial, ...start, requireSyntheticData: true })).toMatchObject({ status: "PENDING" });
}, 60_000);

test("tables of an instance are listed, an instance is made and its advertisers changed", async () => {
  const { amc } = local.amazon;
  const { owner, instanceId, ...place } = instanceOf("STANDARD");
  const tables = await amc.listDataSources({ ...place, owner, instanceId });
  expect(tables.map(({ dataSourceId }) => dataSourceId)).toContain("dsp_impressions");
  const wish = { ...place, owner, instanceName: "Contract instance", idempotencyToken: "contract-1" };
  const made = await amc.createInstance(wish);
  expect((await amc.createInstance(wish)).instanceId).toBe(made.instanceId);
  const add = [{ id: local.world.advertisers[1]?.advertiserId ?? "", type: "DISPLAY" as const, marketplaceId: null }];
  const { updateId, status } = await amc.updateAdvertisers({ ...place, owner, instanceId, add, remove: [] });
  expect(["PENDING", "UPDATING", "COMPLETED"]).toContain(status);
  expect((await amc.getAdvertiserUpdate({ ...place, owner, instanceId, updateId })).updateId).toBe(updateId);
  expect((await amc.getInstance({ ...place, owner, instanceId })).instanceId).toBe(instanceId);
}, 60_000);
