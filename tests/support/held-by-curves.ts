import { type Aged, bandsOf, expectedFinal, learnCurve } from "../../server/insights/maturity";
import { Held, lastAge, restatedDays } from "./restated-days";

/** Days learnt from, and days asked for: weeks and months, with short and with long histories. */
const shapes = [
  [60, 7],
  [90, 30],
  [150, 7],
  [150, 30],
] as const;

/** What the bands of simulated brands hold: learnt on one day, judged by what the days asked for became. */
export function heldByCurves(brands: number): Held {
  const held = new Held();
  for (let brand = 0; brand < brands; brand++) {
    for (const [learnt, window] of shapes) {
      const days = restatedDays(1000 + brand, learnt + 170);
      for (let now = learnt; now < days.length - lastAge - 1; now += 9) {
        const known = days.slice(now - learnt, now + 1).map((one, index, all) => one.slice(0, all.length - index));
        const curve = learnCurve(known, lastAge);
        const asked = days.slice(now - window, now);
        const aged = asked.map((one, index): Aged => {
          const age = Math.min(window - index, lastAge);
          return { value: one[age] ?? 0, age: age === 1 ? 2 - 1e-9 : age };
        });
        const expected = expectedFinal(curve, aged);
        const truth = asked.reduce((sum, one) => sum + (one[lastAge] ?? 0), 0);
        held.add(truth, { value: expected.value, ...bandsOf(expected, curve) });
      }
    }
  }
  return held;
}
