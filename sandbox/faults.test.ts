import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createFaults, type FaultSpec } from "./faults";
import type { RunningSandbox } from "./index";
import { aSandbox, consent, RETURN_URL, token } from "./test-client";

let sandbox: RunningSandbox;
let refreshToken: string;
beforeAll(async () => {
  sandbox = await aSandbox();
  refreshToken = sandbox.control.grants.mint({ count: 1 })[0]?.refreshToken ?? "";
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.control.faults.clear());

const refresh = () => token(sandbox, { grant_type: "refresh_token", refresh_token: refreshToken });

const pattern = (spec: FaultSpec, seed = 1) => {
  const faults = createFaults(seed);
  faults.add(spec);
  const subject = { method: "POST", path: "/auth/o2/token", operation: "lwa.token", region: "NA" };
  return Array.from({ length: 400 }, () => (faults.take(subject) ? "x" : ".")).join("");
};

test("a share of the calls is hit, the same ones whenever it runs again", () => {
  const spec = { path: "lwa.token", status: 503, share: 0.25 };
  const hits = pattern(spec).replaceAll(".", "").length;
  expect(hits).toBeGreaterThan(70);
  expect(hits).toBeLessThan(130);
  expect(pattern(spec)).toBe(pattern(spec));
  expect(pattern(spec, 2)).not.toBe(pattern(spec));
  expect(pattern({ ...spec, share: 0 })).not.toContain("x");
  expect(pattern({ ...spec, share: 1 })).not.toContain(".");
});

test("a call that a fault lets pass can be hit by an older one", () => {
  const faults = createFaults();
  faults.add({ path: "lwa.token", status: 500 });
  faults.add({ path: "lwa.token", status: 429, share: 0 });
  expect(faults.take({ method: "POST", path: "/auth/o2/token", operation: "lwa.token", region: "NA" })?.status).toBe(
    500,
  );
});

test("a page instead of JSON is sent as it is, with its own type", async () => {
  sandbox.control.faults.add({ path: "lwa.token", status: 503, body: "<h1>Sorry</h1>", contentType: "text/html" });
  const answer = await refresh();
  expect([answer.status, answer.headers.get("content-type"), answer.text]).toEqual([
    503,
    "text/html",
    "<h1>Sorry</h1>",
  ]);
});

test("a body can be made as large as is wanted", async () => {
  sandbox.control.faults.add({ path: "lwa.token", status: 200, body: { access_token: "x" }, bodyBytes: 2_000_000 });
  const answer = await refresh();
  expect([answer.text.length, answer.json]).toEqual([2_000_000, { access_token: "x" }]);
});

test("a body can drip in, the true one too", async () => {
  sandbox.control.faults.add({ path: "lwa.token", dripMs: 3 });
  const begun = performance.now();
  const answer = await refresh();
  expect(answer.json.refresh_token).toBe(refreshToken);
  expect(performance.now() - begun).toBeGreaterThan(25);
});

test("a slow answer after the effect: the work is done although the caller has given up", async () => {
  const code = (await consent(sandbox, {})).searchParams.get("code") ?? "";
  const asked = { grant_type: "authorization_code", code, redirect_uri: RETURN_URL };
  sandbox.control.faults.add({ path: "lwa.token", delayMs: 60_000, afterEffect: true, times: 1 });
  const { clientId, clientSecret } = sandbox;
  const body = new URLSearchParams({ ...asked, client_id: clientId, client_secret: clientSecret });
  const signal = AbortSignal.timeout(100);
  await expect(fetch(`${sandbox.urls.NA}/auth/o2/token`, { method: "POST", body, signal })).rejects.toThrow();
  expect((await token(sandbox, asked)).json.error).toBe("invalid_grant");
});
