import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RunningSandbox } from "../index";
import { aSandbox } from "../test-client";
import { anInstance, SMALL, type TestInstance } from "./test-instance";

// The first query on an instance makes its events: long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: RunningSandbox;
let amc: TestInstance;
beforeAll(async () => {
  sandbox = await aSandbox({ campaigns: 6, months: 6, ...SMALL, amcPeople: 4000 });
  sandbox.control.settings.set({ accessTokenSeconds: 400 * 86_400 });
  amc = await anInstance(sandbox);
}, 60_000);
afterAll(() => sandbox.close());

const V12 = "application/vnd.amcquerybasedaudience.v1.2+json";
const ALL_SEEN = "SELECT user_id FROM dsp_impressions_for_audiences GROUP BY user_id";
const BUYERS = "SELECT user_id FROM conversions_for_audiences WHERE event_subtype = 'order' GROUP BY user_id";

const create = (more: object, path = "/amc/audiences/query") =>
  amc.client.send("POST", path, {
    headers: amc.headers,
    body: {
      advertiserId: amc.advertiserId,
      audienceName: "Seen in half a year",
      timeWindowStart: "2026-01-01T00:00:00Z",
      timeWindowEnd: "2026-07-01T00:00:00Z",
      query: ALL_SEEN,
      ...more,
    },
  });
const read = (id: string, accept = V12) => amc.client.get(`/amc/audiences/query/${id}`, { ...amc.headers, accept });
const ended = async (more: object, path?: string) => {
  const { json } = await create(more, path);
  for (;;) {
    const answer = await read(json.audienceExecutionId);
    if (!["PENDING", "RUNNING"].includes(answer.json.status)) return answer.json;
  }
};

test("an audience of enough targetable people succeeds and says how many", async () => {
  const created = await create({ audienceDescription: "Everyone" });
  expect(created.json).toEqual({
    audienceExecutionId: expect.any(String),
    audienceExecutionDescription: "Everyone",
    status: "PENDING",
  });
  const made = await ended({});
  expect(made).toMatchObject({ status: "SUCCEEDED", audienceType: "RULE_BASED", dspAudienceId: expect.any(String) });
  const [counted] = await amc.rows("SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions", {
    execution: {
      timeWindowStart: "2026-01-01T00:00:00",
      timeWindowEnd: "2026-07-01T00:00:00",
      timeWindowTimeZone: "UTC",
    },
  });
  const share = made.audienceCount / Number(counted?.users);
  expect([share > 0.85, share < 0.95]).toEqual([true, true]);
  const plain = (await read(made.audienceExecutionId, "application/json")).json;
  expect([plain.status, "audienceCount" in plain, "audienceType" in plain]).toEqual(["SUCCEEDED", false, false]);
});

test("too few people, other tables and a select without user_id fail, and only what failed can be deleted", async () => {
  const few = await ended({ query: BUYERS });
  expect([few.status, few.statusReason]).toEqual(["FAILED", "The audience has fewer than 2000 targetable users."]);
  const foreign = await ended({ query: "SELECT user_id FROM dsp_impressions GROUP BY user_id" });
  expect([foreign.status, foreign.statusReason]).toEqual(["FAILED", expect.stringContaining("dsp_impressions")]);
  expect((await ended({ query: "SELECT campaign FROM dsp_clicks_for_audiences GROUP BY campaign" })).status).toBe(
    "FAILED",
  );
  const path = `/amc/audiences/query/${few.audienceExecutionId}`;
  expect((await amc.client.send("DELETE", path, { headers: amc.headers })).status).toBe(204);
  expect((await read(few.audienceExecutionId)).status).toBe(404);
  const good = await ended({});
  const kept = `/amc/audiences/query/${good.audienceExecutionId}`;
  expect((await amc.client.send("DELETE", kept, { headers: amc.headers })).status).toBe(400);
});

test("a lookalike needs 500 users for its seed and comes in the documented size", async () => {
  const made = await ended({ lookalikeAudienceExpectedReach: "SIMILAR" }, "/amc/audiences/lookalike");
  expect(made).toMatchObject({
    status: "SUCCEEDED",
    audienceType: "LOOKALIKE",
    lookalikeAudienceExpectedReach: "SIMILAR",
  });
  expect([made.audienceCount >= 1_500_000, made.audienceCount <= 3_000_000]).toEqual([true, true]);
  const few = `${ALL_SEEN} HAVING SUM(impressions) > 1000`;
  const failed = await ended({ query: few, lookalikeAudienceExpectedReach: "BROAD" }, "/amc/audiences/lookalike");
  expect([failed.status, failed.statusReason]).toEqual(["FAILED", expect.stringContaining("500")]);
  expect((await create({ lookalikeAudienceExpectedReach: "HUGE" }, "/amc/audiences/lookalike")).status).toBe(400);
});

test("audiences refresh ever more slowly; one that never does is deactivated after 30 days", async () => {
  const weekly = await ended({ refreshRateDays: 7 });
  const never = await ended({ refreshRateDays: 0 });
  const at = async (days: number) => {
    sandbox.control.clock.set({ advanceDays: days });
    const { json } = await read(weekly.audienceExecutionId);
    return json.lastRefreshedTime.slice(0, 10);
  };
  expect([await at(8), await at(7), await at(7), await at(7)]).toEqual([
    "2026-07-17",
    "2026-07-24",
    "2026-07-24",
    "2026-08-07",
  ]);
  sandbox.control.clock.set({ advanceDays: 2 });
  expect((await read(never.audienceExecutionId)).json.status).toBe("DEACTIVATED");
  sandbox.control.clock.set({ advanceDays: -31 });
});

test("what the contract does not allow is refused", async () => {
  for (const wrong of [
    { refreshRateDays: 22 },
    { timeWindowStart: "2026-01-01" },
    { timeWindowEnd: "2025-01-01T00:00:00Z" },
    { advertiserId: "404" },
    { query: undefined },
    { workflowId: "both" },
  ]) {
    expect([wrong, (await create(wrong)).status]).toEqual([wrong, 400]);
  }
  const list = await amc.client.get("/amc/audiences/query?maxResults=2", amc.headers);
  expect([list.json.executionDataList.length, typeof list.json.nextToken]).toEqual([2, "string"]);
});
