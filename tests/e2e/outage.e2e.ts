import { afterAll, beforeAll, expect, test } from "vitest";
import { type Rig, type RunningServer, startRig } from "../../scripts/rig";
import { until } from "../support/until";

let rig: Rig;
let server: RunningServer;

beforeAll(async () => {
  rig = await startRig({ reportDelaySeconds: 0 });
  server = await rig.startServer();
}, 60_000);
afterAll(() => rig?.close());

test("while the database is away readyz says so within 2 s, pages say so too, and all recovers by itself", async () => {
  const owner = await rig.newOwner();
  expect((await owner.get("/brands")).status).toBe(200);
  rig.wire.cut();
  const askedAt = Date.now();
  const ready = await fetch(`${rig.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(Date.now() - askedAt).toBeLessThan(2000);
  expect((await fetch(`${rig.url}/livez`)).status).toBe(200);
  const page = await owner.get("/brands");
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("The database cannot be reached.");
  const call = await owner.get("/api/v1/brands");
  expect(call.status).toBe(503);
  expect(call.headers.get("retry-after")).toBe("5");
  await rig.wire.mend();
  await until(async () => (await fetch(`${rig.url}/readyz`)).ok);
  expect((await owner.get("/brands")).status).toBe(200);
}, 60_000);

test("SIGTERM ends the server within 10 s, and a new one goes on with the same sessions", async () => {
  const owner = await rig.newOwner();
  const askedAt = Date.now();
  await server.kill("SIGTERM");
  expect(Date.now() - askedAt).toBeLessThan(10_000);
  server = await rig.startServer();
  expect((await owner.get("/brands")).status).toBe(200);
}, 60_000);

test("what changes something must come from our own pages", async () => {
  const body = new URLSearchParams({ email: "a@b.example", password: "x" });
  for (const headers of [{}, { origin: "https://evil.example" }, { origin: "null" }] as Record<string, string>[]) {
    const answer = await fetch(`${rig.url}/sign-in`, { method: "POST", body, headers, redirect: "manual" });
    expect(answer.status).toBe(403);
  }
});

test("every answer carries the security headers, and pages a new nonce each", async () => {
  const [first, second] = [await fetch(`${rig.url}/sign-in`), await fetch(`${rig.url}/sign-in`)];
  const policy = first.headers.get("content-security-policy") ?? "";
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toBe(second.headers.get("content-security-policy"));
  expect(first.headers.get("x-content-type-options")).toBe("nosniff");
  expect(first.headers.get("x-frame-options")).toBe("DENY");
  expect(first.headers.get("x-powered-by")).toBeNull();
});
