import { expect, test } from "vitest";
import { Rejected, Throttled, Unavailable } from "./errors";
import { createLimiter } from "./limiter";

const facts = { operation: "dsp.queryCampaigns" };
const circuit = { key: "host client dsp.queryCampaigns 42", operation: facts.operation };
const impatient = { person: 0, sync: 0, backfill: 0 };
const minute = 60_000;

function aLimiter() {
  let now = 0;
  let calls = 0;
  const limiter = createLimiter({ clock: () => new Date(now), patienceMs: impatient });
  const attempt = async (work: () => Promise<unknown>, key = circuit.key) => {
    try {
      await limiter.run({ ...circuit, key }, () => {
        calls++;
        return work();
      });
      return "passed";
    } catch (error) {
      if (error instanceof Throttled && error.held) return error.retryAfterMs;
      return "sent";
    }
  };
  const move = (ms: number) => {
    now += ms;
  };
  return { attempt, move, calls: () => calls };
}

const works = async () => "fine";
const throttled = (retryAfterMs?: number) => () => Promise.reject(new Throttled(facts, { retryAfterMs }));
const fails = (error: Error) => () => Promise.reject(error);

test("after a 429 without Retry-After calls are held, 30 s first and then doubling to 15 minutes", async () => {
  const { attempt, move } = aLimiter();
  for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
    expect(await attempt(throttled())).toBe("sent");
    expect(await attempt(works)).toBe(seconds * 1000);
    move(seconds * 1000 - 1);
    expect(await attempt(works)).toBe(1);
    move(1);
  }
});

test("Retry-After is kept to the millisecond", async () => {
  const { attempt, move, calls } = aLimiter();
  await attempt(throttled(7000));
  move(6999);
  expect(await attempt(works)).toBe(1);
  move(1);
  expect(await attempt(works)).toBe("passed");
  expect(calls()).toBe(2);
});

test("a call that passes closes the circuit, and the next hold starts small again", async () => {
  const { attempt, move } = aLimiter();
  await attempt(throttled());
  move(30_000);
  await attempt(throttled());
  move(minute);
  expect(await attempt(works)).toBe("passed");
  move(2000);
  await attempt(throttled());
  expect(await attempt(works)).toBe(30_000);
});

test("when the time is over exactly one call probes, and the others wait for it", async () => {
  const { attempt, move, calls } = aLimiter();
  await attempt(throttled());
  move(30_000);
  let finish = () => {};
  const probe = attempt(() => new Promise<void>((done) => (finish = done)));
  expect(await Promise.all([attempt(works), attempt(works)])).toEqual([1000, 1000]);
  expect(calls()).toBe(2);
  finish();
  expect(await probe).toBe("passed");
  move(1500);
  expect(await attempt(works)).toBe("passed");
});

test("a probe that gets another refusal closes the circuit; one that gets no answer leaves the next to probe", async () => {
  const { attempt, move } = aLimiter();
  await attempt(throttled());
  move(30_000);
  await attempt(fails(new Unavailable(facts, "no answer")));
  move(1500);
  expect(await attempt(throttled())).toBe("sent");
  expect(await attempt(works)).toBe(minute);
  move(minute);
  await attempt(fails(new Rejected(facts, {})));
  move(2500);
  expect(await attempt(throttled())).toBe("sent");
  expect(await attempt(works)).toBe(30_000);
});

test("many calls that are refused at once count as one", async () => {
  const { attempt } = aLimiter();
  await Promise.all(Array.from({ length: 20 }, () => attempt(throttled())));
  expect(await attempt(works)).toBe(30_000);
});

test("a later refusal of a call sent before the hold only makes the hold longer", async () => {
  const { attempt } = aLimiter();
  await Promise.all([attempt(throttled(5000)), attempt(throttled(9000)), attempt(throttled(2000))]);
  expect(await attempt(works)).toBe(9000);
});

test("other hosts, clients, operations and accounts go on", async () => {
  const { attempt } = aLimiter();
  await attempt(throttled());
  expect(await attempt(works, "another host")).toBe("passed");
});
