import { expect, test } from "vitest";
import { nextLookMs } from "./next-look";

/** Looks at runs of `seconds` that begin together, `running` at once. */
function follow(seconds: number, running: number) {
  let [at, looks, last] = [0, 0, 0];
  while (at < seconds * 1000) {
    last = at;
    at += nextLookMs({ elapsedMs: at, running });
    looks++;
  }
  return { looks, lateMs: at - seconds * 1000, stepMs: at - last };
}

test("the end of a run of half a minute is seen within 1.2 seconds", () => {
  for (const seconds of [5, 12, 20, 30]) expect(follow(seconds, 1).lateMs).toBeLessThanOrEqual(1200);
});

test("the end of a longer one is seen within a twenty-fifth of its time, and within a minute", () => {
  for (const minutes of [2, 10, 45, 300]) {
    const { lateMs } = follow(minutes * 60, 1);
    expect(lateMs).toBeLessThanOrEqual(Math.min(minutes * 60_000 * 0.05, 60_000));
  }
  expect(follow(6 * 3600, 1).looks).toBeLessThan(600);
});

test.each([1, 10, 60, 200])("with %i runs at once Amazon is asked about six times a second at most", (running) => {
  const { stepMs } = follow(5, running);
  expect((running * 1000) / stepMs).toBeLessThan(6.01);
});
