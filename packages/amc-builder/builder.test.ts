import fc from "fast-check";
import { expect, test } from "vitest";
import { amcTables, lint, openEngine } from "../amc-engine";
import { BuiltQuestion, checkQuestion, everything, parametersOf, type Table, tidy, writeSql } from ".";
import { readSql } from "./read-sql";
import { questions } from "./testing/questions";

const tables: readonly Table[] = amcTables.filter(({ forAudiences }) => !forAudiences);
const kinds = { text: "STRING", whole: "LONG", decimal: "DOUBLE", list: "ARRAY", flag: "BOOLEAN" } as const;

const declared = (question: BuiltQuestion) => {
  const used = new Map(parametersOf(question, tables).map(({ name, kind }) => [name, kind]));
  return [...used].map(([name, kind]) => ({
    name,
    dataType: kinds[kind],
    ...(kind === "list" ? { elementType: "STRING" as const } : {}),
  }));
};

/** Of all random questions those that the builder lets through; most are. */
const sound = questions(tables).filter((question) => checkQuestion(question, tables).length === 0);

test("what the builder writes AMC takes, and money is in currency", async () => {
  await fc.assert(
    fc.asyncProperty(sound, async (question) => {
      const sql = writeSql(question, tables);
      const { problems } = await lint(sql, { parameters: declared(question) });
      const told = problems.filter(({ severity, rule }) => severity === "error" || !/^(repeated|segment)/.test(rule));
      expect(told, sql).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("what the builder writes it reads back as the same question", async () => {
  await fc.assert(
    fc.asyncProperty(sound, async (question) => {
      const sql = writeSql(question, tables);
      expect(await readSql(sql, tables), sql).toEqual({ question: tidy(question), reason: null });
      expect(BuiltQuestion.parse(question)).toEqual(question);
    }),
    { numRuns: 60 },
  );
});

test("what the builder writes runs on events", async () => {
  const load = (name: string) => (name === "dsp_impressions" ? impressions() : null);
  const engine = await openEngine({ source: { load } });
  const window = { start: new Date("2026-06-01"), end: new Date("2026-07-01") };
  const values = { of_text: "a", of_whole: 1, of_decimal: 0.5, of_list: ["a"], of_flag: true };
  const dayParameters = { ...values, of_text: "2026-06-01" };
  await fc.assert(
    fc.asyncProperty(sound, async (question) => {
      const sql = writeSql(question, tables);
      const parameters = /CAST\(CUSTOM/.test(sql) ? dayParameters : values;
      const { columns } = await engine.run({
        sql,
        window,
        now: window.end,
        parameters,
        parameterTypes: declared(question),
      });
      const names = [...question.groups, ...question.metrics].map(({ name }) => name);
      expect(columns.map(({ name }) => name)).toEqual(names);
    }),
    { numRuns: 20 },
  );
  engine.close();
});

const impressions = () =>
  Array.from({ length: 20 }, (_, index) => ({
    user_id: `u${index % 7}`,
    campaign: `c${index % 2}`,
    impressions: 1,
    impression_dt_utc: "2026-06-10T08:00:00Z",
  }));

const reach: BuiltQuestion = {
  source: "dsp_impressions",
  joins: [],
  groups: [{ kind: "column", name: "campaign", field: "campaign" }],
  metrics: [
    { name: "users", value: { function: "distinct", field: "user_id" }, per: null },
    {
      name: "cpm",
      value: { function: "sum", field: "total_cost" },
      per: { function: "sum", field: "impressions", each: 1000 },
    },
  ],
  where: {
    all: true,
    rules: [
      { field: "device_type", operator: "in", value: ["TV", "Phone"] },
      {
        all: false,
        rules: [
          { field: "total_cost", operator: ">", value: "0.5" },
          { field: "campaign_id_string", operator: "in", value: { parameter: "campaigns", emptyIsAll: true } },
        ],
      },
    ],
  },
  having: { all: true, rules: [{ field: "users", operator: ">=", value: "10" }] },
};

test("SQL reads as a person would write it", () => {
  expect(writeSql(reach, tables)).toBe(`SELECT
  campaign,
  COUNT(DISTINCT user_id) AS users,
  SUM(total_cost) / 100000 * 1000 / NULLIF(SUM(impressions), 0) AS cpm
FROM dsp_impressions
WHERE device_type IN ('TV', 'Phone')
  AND (total_cost / 100000 > 0.5 OR (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)))
GROUP BY campaign
HAVING COUNT(DISTINCT user_id) >= 10`);
});

test("a join is one row a key, so that events are counted once", () => {
  const joined: BuiltQuestion = {
    ...reach,
    joins: [
      {
        name: "bought",
        table: "conversions",
        kind: "INNER",
        key: { here: "user_id", there: "user_id" },
        metrics: [{ name: "sales", value: { function: "sum", field: "total_product_sales" }, per: null }],
        where: { all: true, rules: [{ field: "event_category", operator: "=", value: "purchase" }] },
      },
    ],
    metrics: [{ name: "impressions", value: { function: "sum", field: "impressions" }, per: null }],
    where: { all: true, rules: [{ field: "bought.sales", operator: ">", value: "0" }] },
    having: everything(),
  };
  expect(checkQuestion(joined, tables)).toEqual([]);
  expect(writeSql(joined, tables)).toBe(`SELECT
  dsp_impressions.campaign,
  SUM(dsp_impressions.impressions) AS impressions
FROM dsp_impressions
INNER JOIN (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE event_category = 'purchase'
  GROUP BY user_id
) AS bought ON bought.user_id = dsp_impressions.user_id
WHERE bought.sales > 0
GROUP BY dsp_impressions.campaign`);
  const summed = {
    ...joined,
    metrics: [{ name: "sales", value: { function: "sum" as const, field: "bought.sales" }, per: null }],
  };
  expect(checkQuestion(summed, tables)).toEqual([
    { path: "metrics.0", message: expect.stringContaining("stands once for each match") },
  ]);
});

const metric = (name: string, field: string, of: "sum" | "distinct" | "max" = "sum") => ({
  name,
  value: { function: of, field },
  per: null,
});
const wrong: [change: Partial<BuiltQuestion>, path: string, message: RegExp][] = [
  [{ source: "dsp_clics" }, "source", /no table dsp_clics/],
  [
    { groups: [{ kind: "column", name: "user_id", field: "user_id" }] },
    "groups.0",
    /VERY_HIGH: AMC never puts it out\. Count/,
  ],
  [{ groups: [{ kind: "time", name: "hour_of", field: "impression_date", part: "hour" }] }, "groups.0", /days only/],
  [{ groups: [{ kind: "range", name: "range_of", field: "impressions", width: "0" }] }, "groups.0", /how wide/],
  [{ metrics: [], having: everything() }, "metrics", /add one/],
  [{ metrics: [metric("users", "user_id", "max")] }, "metrics.0", /never puts it out/],
  [{ metrics: [metric("users", "campaign")] }, "metrics.0", /no number/],
  [{ metrics: [metric("select", "impressions")], having: everything() }, "metrics.0", /means something else/],
  [{ metrics: [metric("campaign", "impressions")], having: everything() }, "groups.0", /Two columns/],
  [
    { where: { all: true, rules: [{ field: "postal_code", operator: "=", value: "1" }] } },
    "where.0",
    /HIGH.*nothing written/,
  ],
  [
    { where: { all: true, rules: [{ field: "impressions", operator: ">", value: "1; x" }] } },
    "where.0",
    /whole number/,
  ],
  [
    { where: { all: true, rules: [{ field: "impression_date", operator: ">", value: "2026-02-30" }] } },
    "where.0",
    /a day/,
  ],
  [{ where: { all: true, rules: [{ field: "x", operator: "is null", value: null }] } }, "where.0", /no column x/],
  [{ having: { all: true, rules: [{ field: "impressions", operator: ">", value: "1" }] } }, "having.0", /no column/],
];

test.each(wrong)("%j is refused, and why", (change, path, message) => {
  expect(checkQuestion({ ...reach, ...change }, tables)).toContainEqual({
    path,
    message: expect.stringMatching(message),
  });
});

const base = "SELECT campaign, COUNT(DISTINCT user_id) AS users FROM dsp_impressions";
const readable: string[] = [
  `${base} GROUP BY campaign`,
  `${base} GROUP BY 1`,
  `-- all of it\nselect d.CAMPAIGN, count(distinct D.user_id) users from DSP_IMPRESSIONS d group by d.campaign`,
  `${base} GROUP BY campaign HAVING users > 5`,
  "SELECT DATE_TRUNC('day', impression_dt) AS day_of, COUNT(*) AS n FROM dsp_impressions GROUP BY day_of",
];

test.each(readable)("the builder takes %s", async (sql) => {
  expect(await readSql(sql, tables)).toMatchObject({ reason: null });
});

const unreadable: [sql: string, reason: RegExp, line?: number | null][] = [
  [`WITH seen AS (${base} GROUP BY 1) SELECT SUM(users) AS users FROM seen`, /no WITH: seen/, null],
  [`${base} GROUP BY 1 UNION ALL ${base} GROUP BY 1`, /no UNION/, null],
  ["SELECT campaign,\n  SUM(CASE WHEN impressions > 1 THEN 1 END) AS n\nFROM dsp_impressions GROUP BY 1", /CASE/, 2],
  [`${base} WHERE NOT (campaign = 'a' OR impressions > 1) GROUP BY 1`, /no NOT/],
  [`${base}\nWHERE UPPER(campaign) = 'A' GROUP BY 1`, /no UPPER/, 2],
  [`${base} WHERE impressions BETWEEN 1 AND 2 GROUP BY 1`, /no BETWEEN/],
  [`${base} WHERE campaign SIMILAR TO 'a' GROUP BY 1`, /SIMILAR TO/],
  [`${base} WHERE user_id IN (SELECT user_id FROM dsp_clicks) GROUP BY 1`, /subqueries/],
  ["SELECT SUM(total_cost) AS cost FROM dsp_impressions", /would write the columns in another way/],
  ["SELECT COUNT(*) FROM dsp_impressions", /needs a name/],
  ["SELECT COUNT(*) AS Events FROM dsp_impressions", /small letters.*not Events/, 1],
  ["SELECT COUNT(*) AS n, campaign FROM dsp_impressions GROUP BY 2", /before what is worked out/],
  ["SELECT COUNT(*) AS n FROM dsp_impressions GROUP BY campaign", /shows all/],
  ["SELECT SUM(impressions) FILTER (WHERE campaign = 'a') AS n FROM dsp_impressions", /FILTER/],
  ["SELECT campaign, COUNT(*) AS n FROM dsp_impressions GROUP BY ROLLUP (campaign)", /ROLLUP/],
  ["SELECT COUNT(*) AS n FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P7D', 'P0D'))", /EXTEND_TIME_WINDOW/],
  [
    "SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i JOIN dsp_clicks c ON c.user_id = i.user_id",
    /summed up by the key/,
  ],
  ["SELECT user_id, COUNT(*) AS n FROM dsp_impressions GROUP BY 1", /never puts it out/],
  [
    "SELECT FLOOR(impressions / 5) * 5 AS impressions, COUNT(*) AS n FROM dsp_impressions GROUP BY impressions",
    /builder/,
  ],
  ["SELECT COUNT(*) AS n FROM dsp_impressions WHERE", /cannot be read yet/, null],
];

test.each(unreadable)("the builder has no place for %s", async (sql, reason, line) => {
  const read = await readSql(sql, tables);
  expect(read).toMatchObject({ question: null, reason: expect.stringMatching(reason) });
  if (line !== undefined) expect(read).toMatchObject({ line });
});
