import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine, RunResult } from "./contract";
import { openEngine } from "./engine";
import type { Query } from "./testing/algebra";
import { type Events, randomEvents, randomQuery, randomSource } from "./testing/random-query";

const window = { start: new Date("2026-02-01"), end: new Date("2026-03-01") };
const now = new Date("2026-03-10");
const at = new Date("2026-02-10");
const needs = { NONE: 1, LOW: 2, MEDIUM: 100, HIGH: 100, VERY_HIGH: 100, INTERNAL: 100 };

const events: Events = randomEvents(randomSource(7));
let engine: Engine;

beforeAll(async () => {
  const times = { impression_dt_utc: at, click_dt_utc: at };
  const tables = [events.impressions, events.clicks];
  const load = (name: string) =>
    tables.find(({ table }) => table === name)?.rows.map((row) => ({ ...row, ...times })) ?? null;
  engine = await openEngine({ source: { load } });
});

afterAll(() => engine.close());

const textOf = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();
const needed = ({ columns }: Query) => Math.max(...Object.values(columns).map((threshold) => needs[threshold]));

function expectVisible(query: Query, shown: RunResult) {
  const least = needed(query);
  const visible = query.rows.filter(({ users }) => users.size >= least);
  const expected = visible.map(({ values, users }) => [
    ...Object.values(values),
    Math.min(users.size, Math.max(2, least)),
  ]);
  expect(textOf(shown.rows), query.sql).toEqual(textOf(expected));
  const seen = new Set(visible.flatMap(({ users }) => [...users]));
  const everyone = new Set(query.rows.flatMap(({ users }) => [...users]));
  expect({ rows: shown.hidden.rows, users: shown.hidden.users, all: shown.users }, query.sql).toEqual({
    rows: query.rows.length - visible.length,
    users: everyone.size - seen.size,
    all: everyone.size,
  });
}

test("for 200 random queries just those rows are shown that enough distinct users stand behind", {
  timeout: 240_000,
}, async () => {
  const random = randomSource(2026);
  let hidden = 0;
  let visible = 0;
  for (let index = 0; index < 200; index++) {
    const query = randomQuery(random, events);
    const shown = await engine.run({ sql: query.sql, window, now, controls: { distinctUserCountColumn: "behind" } });
    expectVisible(query, shown);
    hidden += shown.hidden.rows;
    visible += shown.rows.length;
  }
  // Both sides of the thresholds were tried.
  expect(hidden).toBeGreaterThan(500);
  expect(visible).toBeGreaterThan(500);
});

test("with the controls off every row of random queries is there", { timeout: 240_000 }, async () => {
  const random = randomSource(31);
  for (let index = 0; index < 25; index++) {
    const query = randomQuery(random, events);
    const all = await engine.run({ sql: query.sql, window, now, controls: { disableAggregation: true } });
    expect(textOf(all.rows), query.sql).toEqual(textOf(query.rows.map(({ values }) => Object.values(values))));
  }
});
