import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprint";

const window = { from: "2026-06-01", to: "2026-06-30", timeZone: "Europe/Berlin" };
const asked = {
  sql: "SELECT campaign, SUM(clicks) AS c FROM dsp_clicks GROUP BY 1",
  values: { a: ["1", "2"], b: 1 },
  window,
};

test("spelling, comments and the order of values make no other question", () => {
  const sql = "select campaign, sum(clicks) as c -- by campaign\n from dsp_clicks\n group by 1;";
  expect(fingerprintOf({ ...asked, sql, values: { b: 1, a: ["2", "1"] } })).toBe(fingerprintOf(asked));
});

test.each([
  { sql: "SELECT campaign, SUM(clicks) AS c FROM dsp_clicks WHERE campaign = 'A' GROUP BY 1" },
  { values: { a: ["1"], b: 1 } },
  { window: { ...window, to: "2026-06-29" } },
  { window: { ...window, timeZone: "UTC" } },
])("another %j is another question", (other) => {
  expect(fingerprintOf({ ...asked, ...other })).not.toBe(fingerprintOf(asked));
});

test("text in quotes keeps its capitals", () => {
  const where = (name: string) => ({ ...asked, sql: `SELECT COUNT(1) FROM dsp_clicks WHERE campaign = '${name}'` });
  expect(fingerprintOf(where("A"))).not.toBe(fingerprintOf(where("a")));
});
