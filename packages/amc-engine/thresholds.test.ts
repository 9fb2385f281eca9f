import { afterAll, expect, test } from "vitest";
import { countedFor, openOver, shownBy, textOf, when } from "./testing/brute-force";
import { randomEvents, randomQuery, randomSource } from "./testing/random-query";

const events = randomEvents(randomSource(7));
const engine = await openOver(events);
afterAll(() => engine.close());

test("for random queries just those rows are shown that enough distinct users stand behind", async () => {
  const random = randomSource(2026);
  for (let index = 0; index < 20; index++) {
    const query = randomQuery(random, events);
    const shown = await engine.run({ ...when, sql: query.sql, controls: { distinctUserCountColumn: "behind" } });
    expect(shownBy(shown), query.sql).toEqual(countedFor(query));
  }
});

test("with the controls off every row of random queries is there", { timeout: 240_000 }, async () => {
  const random = randomSource(31);
  for (let index = 0; index < 25; index++) {
    const query = randomQuery(random, events);
    const all = await engine.run({ ...when, sql: query.sql, controls: { disableAggregation: true } });
    expect(textOf(all.rows), query.sql).toEqual(textOf(query.rows.map(({ values }) => Object.values(values))));
  }
});
