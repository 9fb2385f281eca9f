import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { regions } from "../../server/amazon";
import { caught, type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
beforeAll(async () => {
  local = await startSandboxAmazon();
});
afterEach(() => local.sandbox.control.faults.clear());
afterAll(() => local.sandbox.close());

test.each(regions)("a consent in %s becomes tokens, and a refresh keeps the refresh token", async (region) => {
  const granted = await local.consent("Ava", region);
  const tokens = await local.amazon.lwa.exchangeCode({ region, ...granted });
  expect(tokens).toMatchObject({ expiresInSeconds: 3600, sentAt: expect.any(Date) });
  expect(tokens.accessToken).toMatch(/^Atza\|/);
  const refreshed = await local.amazon.lwa.refresh({ region, refreshToken: tokens.refreshToken });
  expect(refreshed.refreshToken).toBe(tokens.refreshToken);
  expect(refreshed.accessToken).not.toBe(tokens.accessToken);
});

test("the consenting user can be named", async () => {
  const accessToken = await local.signIn("Ben");
  const user = await local.amazon.lwa.userProfile({ accessToken });
  expect(user).toMatchObject({ name: "Ben Ortiz", userId: expect.stringMatching(/^amzn1\.account\./) });
});

test("a code counts once, for its own verifier and its own return address", async () => {
  const granted = await local.consent("Ava");
  await local.amazon.lwa.exchangeCode({ region: "NA", ...granted });
  expect((await caught(local.amazon.lwa.exchangeCode({ region: "NA", ...granted })))?.kind).toBe("grant_rejected");

  const wrong = { ...(await local.consent("Ava")), codeVerifier: "another-verifier-of-sufficient-length-0123456789" };
  expect((await caught(local.amazon.lwa.exchangeCode({ region: "NA", ...wrong })))?.kind).toBe("grant_rejected");

  const elsewhere = { ...(await local.consent("Ava")), redirectUri: "http://localhost:3000/elsewhere" };
  expect((await caught(local.amazon.lwa.exchangeCode({ region: "NA", ...elsewhere })))?.kind).toMatch(/rejected/);
});

test("a wrong secret is our fault and not the grant's", async () => {
  const { refreshToken } = await local.amazon.lwa.exchangeCode({ region: "NA", ...(await local.consent("Ava")) });
  const stranger = local.clientWith({ clientSecret: "wrong" });
  const error = await caught(stranger.lwa.refresh({ region: "NA", refreshToken }));
  expect(error).toMatchObject({ kind: "client_rejected", amazonCode: "invalid_client", status: 401 });
});

test("a revoked consent refuses the access token and then the refresh", async () => {
  const tokens = await local.amazon.lwa.exchangeCode({ region: "NA", ...(await local.consent("Chloe")) });
  const body = JSON.stringify({ refreshToken: tokens.refreshToken });
  const headers = { "content-type": "application/json" };
  await fetch(`${local.sandbox.urls.NA}/_sandbox/revoke`, { method: "POST", body, headers });
  const { accessToken, refreshToken } = tokens;
  expect((await caught(local.amazon.accounts.listProfiles({ region: "NA", accessToken })))?.kind).toBe("unauthorized");
  expect((await caught(local.amazon.lwa.refresh({ region: "NA", refreshToken })))?.kind).toBe("grant_rejected");
});

test("an old access token is unauthorized, and a refresh mends it", async () => {
  const tokens = await local.amazon.lwa.exchangeCode({ region: "NA", ...(await local.consent("Ava")) });
  local.sandbox.control.clock.set({ advanceSeconds: 3601 });
  const { accessToken, refreshToken } = tokens;
  expect((await caught(local.amazon.accounts.listProfiles({ region: "NA", accessToken })))?.kind).toBe("unauthorized");
  const fresh = await local.amazon.lwa.refresh({ region: "NA", refreshToken });
  expect(await local.amazon.accounts.listProfiles({ region: "NA", accessToken: fresh.accessToken })).not.toEqual([]);
});

test.each([
  [{ status: 503 }, "unavailable"],
  [{ status: 500, body: "<html/>" }, "unavailable"],
  [{ status: 429 }, "throttled"],
  [{ status: 429, retryAfter: 2 }, "throttled"],
  [{ drop: true }, "unavailable"],
  [{ drop: true, afterEffect: true }, "unavailable"],
  [{ malformed: true }, "unexpected_shape"],
  [{ delayMs: 2000 }, "unavailable"],
])("a token call under the fault %j never says that the grant is gone", async (fault, kind) => {
  const { refreshToken } = await local.amazon.lwa.exchangeCode({ region: "NA", ...(await local.consent("Ava")) });
  local.sandbox.control.faults.add({ path: "/auth/o2/token", times: 1, ...fault });
  const client = local.clientWith({ timeouts: { tokenMs: 300 } });
  const error = await caught(client.lwa.refresh({ region: "NA", refreshToken }));
  expect(error?.kind).toBe(kind);
  if ("retryAfter" in fault) expect(error).toMatchObject({ retryAfterMs: 2000 });
  expect((await local.amazon.lwa.refresh({ region: "NA", refreshToken })).refreshToken).toBe(refreshToken);
});
