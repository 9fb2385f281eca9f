import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { nameOfRefresh } from "../lwa/access-tokens";
import { aClient, answerOf, aSandbox, NOW, token } from "../test-client";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.control.settings.set({ consentDays: undefined });
  sandbox.control.clock.set({ now: NOW, frozen: true });
});

const post = async (path: string, body: object) =>
  answerOf(await fetch(`${sandbox.urls.EU}/_sandbox${path}`, { method: "POST", body: JSON.stringify(body) }));

const refresh = (refreshToken: string) => token(sandbox, { grant_type: "refresh_token", refresh_token: refreshToken });

const mintOne = () => {
  const [grant] = sandbox.control.grants.mint({ count: 1 });
  if (!grant) throw new Error("nothing minted");
  return grant;
};

test("a thousand consents are minted at once, each of a user of its own, and all of them work", async () => {
  const { grants } = (await post("/grants", { count: 1000 })).json;
  expect(new Set(grants.map((grant: { refreshToken: string }) => grant.refreshToken)).size).toBe(1000);
  expect(new Set(grants.map((grant: { userId: string }) => grant.userId)).size).toBe(1000);
  const answer = await refresh(grants[999].refreshToken);
  expect([answer.status, answer.json.refresh_token]).toEqual([200, grants[999].refreshToken]);
  const authorization = `Bearer ${answer.json.access_token}`;
  const headers = { authorization, "amazon-advertising-api-clientid": sandbox.clientId };
  const profiles = await answerOf(await fetch(`${sandbox.urls.NA}/v2/profiles`, { headers }));
  expect([profiles.status, profiles.json]).toEqual([200, []]);
  const person = await answerOf(await fetch(`${sandbox.urls.NA}/user/profile`, { headers }));
  expect(person.json.user_id).toBe(grants[999].userId);
});

test("a consent is minted for a user of the world too, and sees what that user sees", async () => {
  const ava = sandbox.control.world().users[0]?.id ?? "";
  const [grant] = sandbox.control.grants.mint({ count: 1, userId: ava });
  expect(grant?.userId).toBe(ava);
  expect((await post("/grants", { count: 0 })).status).toBe(400);
});

test("tokens can be judged: known, taken back, and until when", async () => {
  const kept = mintOne();
  const lost = mintOne();
  const access = (await refresh(kept.refreshToken)).json.access_token;
  const lostAccess = (await refresh(lost.refreshToken)).json.access_token;
  sandbox.control.revoke({ refreshToken: lost.refreshToken });
  const judged = await post("/grants/check", {
    refreshTokens: [kept.refreshToken, lost.refreshToken, "Atzr|nobody"],
    accessTokens: [access, lostAccess, "Atza|IwEBnobody", `${access.slice(0, -2)}AA`],
  });
  expect(judged.json.refreshTokens).toEqual([
    { known: true, revoked: false },
    { known: true, revoked: true },
    { known: false, revoked: false },
  ]);
  const expiresAt = "2026-07-10T16:00:00.000Z";
  expect(judged.json.accessTokens).toEqual([
    { known: true, revoked: false, expiresAt },
    { known: true, revoked: true, expiresAt },
    { known: false, revoked: false },
    { known: false, revoked: false },
  ]);
});

test("consents end after so many days where that is set; a new consent of the same user starts afresh", async () => {
  const old = mintOne();
  await post("/settings", { consentDays: 365 });
  expect(sandbox.control.grants.check(old).expiresAt).toBe("2027-07-10T15:00:00.000Z");
  sandbox.control.clock.set({ advanceDays: 364 });
  expect((await refresh(old.refreshToken)).status).toBe(200);
  sandbox.control.clock.set({ advanceDays: 1 });
  const refused = await refresh(old.refreshToken);
  expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
  expect(sandbox.control.grants.check(old).revoked).toBe(true);
  const [fresh] = sandbox.control.grants.mint({ count: 1, userId: old.userId });
  expect((await refresh(fresh?.refreshToken ?? "")).status).toBe(200);
  await post("/settings", { consentDays: null });
  expect((await refresh(old.refreshToken)).status).toBe(200);
});

test("calls are counted by region and by consent, and no token is in the log", async () => {
  const { refreshToken } = mintOne();
  sandbox.control.calls.clear();
  await refresh(refreshToken);
  sandbox.control.faults.add({ path: "lwa.token", status: 503, times: 1 });
  await refresh(refreshToken);
  const ava = await aClient(sandbox);
  await ava.get("/v2/profiles", {}, "EU");
  const { counts, list } = sandbox.control.calls;
  expect(counts({ by: "grant", operation: "lwa.token" })).toEqual({ [nameOfRefresh(refreshToken)]: 2 });
  expect(counts({ by: "grant", operation: "profiles.list" })).toEqual({ [nameOfRefresh(ava.refreshToken)]: 1 });
  expect(counts({ by: "region" })).toEqual({ NA: 4, EU: 1 });
  expect(counts({ by: "status", operation: "lwa.token" })).toEqual({ 200: 2, 503: 1 });
  expect(JSON.stringify(list())).not.toMatch(/Atz[ar]\|/);
});
