import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { aClient, answerOf, aSandbox, NOW, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let ava: TestClient;
beforeAll(async () => {
  sandbox = await aSandbox();
  ava = await aClient(sandbox);
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.control.faults.clear();
  sandbox.control.settings.set({ rateLimits: [] });
});

const control = async (path: string, method = "GET", body?: object) =>
  answerOf(
    await fetch(`${sandbox.urls.EU}/_sandbox${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) }),
  );

test("a status fault hits as often as it was told, with and without Retry-After", async () => {
  await control("/faults", "POST", { path: "/v2/*", status: 429, times: 1, retryAfter: 7 });
  const limited = await ava.get("/v2/profiles");
  expect([limited.status, limited.headers.get("retry-after"), limited.json]).toEqual([
    429,
    "7",
    { message: "Too Many Requests" },
  ]);
  expect((await ava.get("/v2/profiles")).status).toBe(200);
  await control("/faults", "POST", { path: "profiles.list", status: 503, body: { message: "down" } });
  const down = await ava.get("/v2/profiles");
  expect([down.status, down.headers.get("retry-after"), down.json]).toEqual([503, null, { message: "down" }]);
  expect((await control("/faults")).json).toHaveLength(2);
  expect((await control("/faults", "DELETE")).json).toEqual([]);
  expect((await ava.get("/v2/profiles")).status).toBe(200);
});

test("a fault can be for one region and one method", async () => {
  sandbox.control.faults.add({ path: "/v2/profiles", region: "EU", method: "GET", status: 500 });
  expect((await ava.get("/v2/profiles")).status).toBe(200);
  expect((await ava.get("/v2/profiles", {}, "EU")).status).toBe(500);
});

test("a dropped call ends without an answer; after the effect, the work is done all the same", async () => {
  const account = { "amazon-ads-accountid": sandbox.control.world().advertisers[0]?.advertiserId ?? "" };
  const query = () => ava.post("/adsApi/v1/query/campaigns", { adProductFilter: { include: ["AMAZON_DSP"] } }, account);
  const { campaignId } = (await query()).json.campaigns[0];
  const rename = (name: string) =>
    ava.post("/adsApi/v1/update/campaigns", { campaigns: [{ campaignId, name }] }, account);
  sandbox.control.faults.add({ path: "v1.update.campaigns", drop: true, times: 1 });
  await expect(rename("lost")).rejects.toThrow();
  expect((await query()).json.campaigns[0].name).not.toBe("lost");
  sandbox.control.faults.add({ path: "v1.update.campaigns", drop: true, times: 1, afterEffect: true });
  await expect(rename("landed")).rejects.toThrow();
  expect((await query()).json.campaigns[0].name).toBe("landed");
});

test("a malformed answer is half of the true one", async () => {
  sandbox.control.faults.add({ path: "/v2/profiles", malformed: true });
  const answer = await ava.get("/v2/profiles");
  expect(answer.status).toBe(200);
  expect(answer.text.startsWith('[{"profileId"')).toBe(true);
  expect(answer.json).toBeUndefined();
});

test("the call log tells what was called and how it ended", async () => {
  await control("/calls", "DELETE");
  sandbox.control.faults.add({ path: "/v2/profiles", status: 500, times: 1 });
  await ava.get("/v2/profiles?apiProgram=report");
  await ava.get("/v2/profiles");
  await ava.get("/nowhere");
  const log = (await control("/calls")).json;
  expect(log.counts).toEqual({ "profiles.list": 2, unknown: 1 });
  expect(log.calls.map((call: { status: number }) => call.status)).toEqual([500, 200, 404]);
  expect(log.calls[0]).toMatchObject({
    at: NOW,
    region: "NA",
    method: "GET",
    path: "/v2/profiles",
    fault: expect.any(String),
  });
  expect((await control("/calls?path=/nowhere")).json.calls).toHaveLength(1);
});

test("a rate limit answers 429 until its bucket has filled again", async () => {
  await control("/settings", "POST", { rateLimits: [{ path: "/v2/*", capacity: 2, refillPerSecond: 0.001 }] });
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await ava.get("/v2/profiles")).status);
  expect(statuses).toEqual([200, 200, 429]);
  expect((await ava.get("/v2/profiles", {}, "EU")).status).toBe(200);
});

test("time can be set, moved, frozen and let go", async () => {
  expect((await control("/clock")).json).toMatchObject({ now: NOW, frozen: true });
  expect((await control("/clock", "POST", { advanceDays: 1, advanceSeconds: 30 })).json.now).toBe(
    "2026-07-11T15:00:30.000Z",
  );
  expect((await control("/clock", "POST", { frozen: false })).json.frozen).toBe(false);
  expect((await control("/clock")).json.now >= "2026-07-11T15:00:30.000Z").toBe(true);
  expect((await control("/clock", "POST", { now: NOW, frozen: true })).json.now).toBe(NOW);
});

test("credentials are enough for any client, and stay the same", async () => {
  const first = (await control("/credentials")).json;
  expect(first).toEqual((await control("/credentials")).json);
  expect(first).toMatchObject({
    clientId: sandbox.clientId,
    refreshToken: expect.stringMatching(/^Atzr\|/),
    entityId: expect.stringMatching(/^ENTITY/),
    amcAccountId: expect.stringMatching(/^ENTITY/),
    amcInstanceId: expect.stringMatching(/^amc[a-z]+$/),
  });
});

test("a malformed control request is refused with a reason", async () => {
  for (const [path, body] of [
    ["/faults", { status: 500 }],
    ["/faults", { path: "/x", colour: "red" }],
    ["/clock", { now: "yesterday" }],
    ["/revoke", {}],
  ] as const) {
    expect((await control(path, "POST", body)).status).toBe(400);
  }
  expect((await control("/truth?advertiserId=1&startDate=2026-07-01")).status).toBe(400);
  expect((await control("/truth?advertiserId=1&startDate=2026-07-01&endDate=2026-07-01")).status).toBe(404);
});
