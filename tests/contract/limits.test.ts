// The limiter against a local Amazon that refuses calls beyond its limits. Both clocks stand still but for the limiter's
// pauses, which move them: minutes of waiting cost nothing.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Amazon, createLimiter, type Limiter } from "../../server/amazon";
import { type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
let accessToken: string;
const start = new Date();

beforeAll(async () => {
  local = await startSandboxAmazon();
  accessToken = await local.signIn("Ava");
});
afterAll(() => local?.sandbox.close());

const path = "/v2/profiles";

/** A client whose pauses pass in an instant, on its own clock and Amazon's. */
function aClient() {
  let now = start.getTime();
  const clock = () => new Date(now);
  const setAmazon = () => local.sandbox.control.clock.set({ now: clock().toISOString(), frozen: true });
  setAmazon();
  const patient = 3_600_000;
  const limiter: Limiter = createLimiter({
    clock,
    patienceMs: { person: patient, sync: patient, backfill: patient },
    timer: (ms, act) => {
      if (ms >= patient) return () => {};
      const soon = setImmediate(() => {
        now += Math.ceil(ms);
        setAmazon();
        act();
      });
      return () => clearImmediate(soon);
    },
  });
  return { amazon: local.clientWith({ clock, limiter }), seconds: () => (now - start.getTime()) / 1000 };
}

async function callsFor(amazon: Amazon, count: number): Promise<{ ok: number; refused: number }> {
  const seen = { ok: 0, refused: 0 };
  for (let index = 0; index < count; index++) {
    await amazon.accounts.listProfiles({ region: "NA", accessToken }).then(
      () => seen.ok++,
      () => seen.refused++,
    );
  }
  return seen;
}

test("an unknown limit is found and kept to: 90% of it is used, and few calls are refused", async () => {
  local.sandbox.control.settings.set({
    rateLimits: [{ path, capacity: 5, refillPerSecond: 4, retryAfterSeconds: 1 }],
  });
  const { amazon, seconds } = aClient();
  await callsFor(amazon, 300);
  const from = seconds();
  const { ok, refused } = await callsFor(amazon, 1_200);
  expect(ok / (seconds() - from)).toBeGreaterThanOrEqual(0.9 * 4);
  expect(refused / (ok + refused)).toBeLessThan(0.05);
});

test("a gateway that names no time is left alone for longer and longer, and worked with again when it is over", async () => {
  local.sandbox.control.settings.set({ rateLimits: [{ path, capacity: 1, refillPerSecond: 1 / 600 }] });
  const { amazon, seconds } = aClient();
  const before = await callsFor(amazon, 6);
  expect(before).toEqual({ ok: 1, refused: 5 });
  // 30, 60, 120 and 240 s passed between the refusals.
  expect(seconds()).toBeGreaterThanOrEqual(450);
  local.sandbox.control.settings.set({ rateLimits: [] });
  expect(await callsFor(amazon, 20)).toEqual({ ok: 20, refused: 0 });
});
