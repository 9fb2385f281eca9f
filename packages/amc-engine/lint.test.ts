import { expect, test } from "vitest";
import type { LintOptions } from "./contract";
import { lint } from "./lint";
import { lintTokens } from "./lint-tokens";

/** `rule@line:column-endColumn` of each problem, which also says what it is and what to do. */
async function found(sql: string, options?: LintOptions): Promise<string[]> {
  const { problems } = await lint(sql, options);
  for (const { message, fix } of problems) {
    expect(message).toMatch(/\w.*\.$/s);
    expect(fix).toMatch(/^[A-Z].*[.?]$/s);
  }
  return problems.map(({ rule, line, column, endColumn }) => `${rule}@${line}:${column}-${endColumn}`);
}

const wrong: [sql: string, problems: string[], options?: LintOptions][] = [
  ["SELECT * FROM dsp_impressions", ["no-star@1:8-9"]],
  ["SELECT campaign,\n  COUNT(*) AS n\nFROM dsp_impressions GROUP BY 1\nLIMIT 10", ["no-limit@4:1-6"]],
  ["SELECT campaign, COUNT(*) AS n FROM dsp_clicks GROUP BY 1 ORDER BY 2", ["no-final-order@1:59-67"]],
  [
    "SELECT c.campaign, COUNT(*) AS n FROM dsp_clicks c RIGHT JOIN dsp_views v ON c.user_id = v.user_id GROUP BY 1",
    ["no-right-join@1:52-62"],
  ],
  ["SELECT GETDATE() AS t, COUNT(*) AS n FROM dsp_clicks GROUP BY 1", ["no-getdate@1:8-15"]],
  ["DROP TABLE dsp_clicks", ["select-only@1:1-5"]],
  ["SELECT COUNT(*) AS n FROM dsp_clicks; SELECT 1", ["one-statement@1:37-38"]],
  ["SELECT COUNT(*) AS n FROM dsp_impression", ["unknown-table@1:27-41"]],
  ["SELECT COUNT(*) AS n FROM read_csv('/etc/passwd')", ["foreign@1:27-35"]],
  ['SELECT COUNT(*) AS n FROM "/etc/passwd"', ["unknown-table@1:27-40"]],
  ["SELECT campain, COUNT(*) AS n FROM dsp_clicks GROUP BY 1", ["unknown-column@1:8-15"]],
  ["SELECT campaign, site, COUNT(*) AS n FROM dsp_clicks GROUP BY campaign", ["ungrouped-column@1:18-22"]],
  ["SELECT user_id, COUNT(*) AS n FROM dsp_clicks GROUP BY 1", ["private-output@1:8-15"]],
  [
    "WITH u AS (SELECT user_id AS who, COUNT(*) AS n FROM dsp_clicks GROUP BY 1)\nSELECT MAX(u.who) AS who FROM u",
    ["private-output@2:8-11"],
  ],
  ["SELECT marketplace_id, COUNT(*) AS n FROM conversions_all GROUP BY 1", ["private-output@1:8-22"]],
  ["SELECT campaign, COUNT(*) AS n FROM dsp_clicks WHERE postal_code = '90210' GROUP BY 1", ["literal-filter@1:54-65"]],
  [
    "SELECT campaign, COUNT(*) AS n FROM dsp_clicks WHERE city_name IN ('A', 'B') GROUP BY 1",
    ["literal-filter@1:54-63"],
  ],
  [
    "SELECT campaign, COUNT(*) AS n FROM dsp_clicks WHERE user_id LIKE CUSTOM_PARAMETER('who') GROUP BY 1",
    ["literal-filter@1:54-61"],
  ],
  ["SELECT campaign, impressions FROM dsp_impressions", ["final-aggregate@1:8-16"]],
  [
    "SELECT campaign, RANK() OVER (ORDER BY COUNT(*)) AS r FROM dsp_clicks GROUP BY 1 HAVING r < 3",
    ["rank-in-having@1:89-90"],
  ],
  ["SELECT campaign, SUM(total_cost) AS cost FROM dsp_impressions GROUP BY 1", ["money-undivided@1:18-21"]],
  ["SELECT campaign, SUM(supply_cost) / 100000 AS cost FROM dsp_impressions GROUP BY 1", ["money-divisor@1:18-21"]],
  ["SELECT campaign, SUM(spend) AS s FROM sponsored_ads_traffic GROUP BY 1", ["money-undivided@1:18-21"]],
  ["SELECT SUM(c) AS n FROM (SELECT click_cost AS c FROM dsp_clicks) AS x", ["money-undivided@1:8-11"]],
  [
    "SELECT campaign, SUM(impressions) AS n FROM dsp_impressions_by_matched_segments GROUP BY 1",
    ["repeated-impressions@1:18-21"],
  ],
  ["SELECT COUNT(conversion_id) AS n FROM conversions_with_relevance", ["repeated-conversions@1:8-13"]],
  ["SELECT COUNT(*) AS n FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 30, 0))", ["extend-window@1:33-51"]],
  [
    "SELECT COUNT(*) AS n FROM conversions_all",
    ["table-not-here@1:27-42"],
    { tables: ["conversions", "dsp_impressions"] },
  ],
  ["SELECT user_id FROM dsp_clicks", ["audience-table@1:21-31"], { audience: true }],
  ["SELECT campaign FROM dsp_clicks_for_audiences", ["audience-user-id@1:8-16"], { audience: true }],
  ["SELECT COUNT(*) AS n FROM dsp_clicks_for_audiences", ["audience-table@1:27-51"]],
  [
    "SELECT COUNT(*) AS n FROM dsp_clicks WHERE campaign = CUSTOM_PARAMETER('brand')",
    ["unused-parameter@1:1-7", "undeclared-parameter@1:55-71"],
    { parameters: [{ name: "campaign", dataType: "STRING" }] },
  ],
  ["SELECT BUILT_IN_PARAMETER('START') AS s, COUNT(*) AS n FROM dsp_clicks GROUP BY 1", ["built-in-parameter@1:8-26"]],
  [
    "SELECT COUNT(*) AS n FROM dsp_clicks",
    ["data-lag@1:1-7"],
    { windowEnd: new Date("2026-03-01T00:00:00Z"), now: new Date("2026-03-02T23:00:00Z") },
  ],
  ["SELECT STRING_AGG(campaign, ',') AS all_of_them FROM dsp_clicks", ["undocumented-function@1:8-18"]],
  ["SELECT CHARINDX('a', campaign) AS x, COUNT(*) AS n FROM dsp_clicks GROUP BY 1", ["unknown-function@1:8-16"]],
  ["SELECT campaign COUNT(*) FROM dsp_clicks", ["syntax@1:22-23"]],
  ["SELECT 'open FROM dsp_clicks", ["open-quote@1:8-29"]],
  [
    "SELECT site, COUNT(*) AS n FROM (SELECT * EXCLUDE (campaign) FROM dsp_clicks) AS x GROUP BY 1",
    ["no-star@1:41-42"],
  ],
  ["SELECT MAX(r.u) AS who FROM (SELECT NAMED_ROW('u', user_id) AS r FROM dsp_clicks) AS x", ["private-output@1:8-11"]],
  [
    "WITH x AS (SELECT COLLECT(user_id) AS held FROM dsp_clicks)\nSELECT MAX(one) AS who FROM x CROSS JOIN UNNEST(held) AS u(one)",
    ["private-output@2:8-11"],
  ],
  [
    "WITH v(a) AS (VALUES ((SELECT MAX(user_id) FROM dsp_clicks)))\nSELECT MAX(a) AS who FROM v",
    ["private-output@2:8-11"],
  ],
  [
    "SELECT MAX(n) AS n FROM (SELECT COUNT(*) AS n FROM dsp_clicks c SEMI JOIN dsp_views v ON c.site = v.site) AS x",
    ["foreign@1:65-69"],
  ],
  ["SELECT COUNT(*) AS __u FROM dsp_clicks", ["reserved-name@1:20-23"]],
];

test.each(wrong)("is found where it stands: %s", async (sql, problems, options) => {
  expect(await found(sql, options)).toEqual(problems);
});

const right: [sql: string, options?: LintOptions][] = [
  ["SELECT campaign, SUM(impressions) AS n, SUM(total_cost) / 100000 AS cost FROM dsp_impressions GROUP BY campaign"],
  ["SELECT campaign, SUM(total_cost) / 100 / SUM(impressions) AS cpm FROM dsp_impressions GROUP BY 1"],
  ["SELECT campaign, SUM(supply_cost) / 100000000.0 AS fee FROM dsp_impressions GROUP BY 1"],
  [
    `SELECT d.campaign, SUM(c.total_product_sales) / (SUM(d.total_cost) / 100000) AS roas
     FROM dsp_impressions d INNER JOIN conversions c ON c.user_id = d.user_id GROUP BY d.campaign`,
  ],
  ["SELECT 'a -- LIMIT 5' AS note, COUNT(*) AS n /* ORDER BY */ FROM dsp_clicks GROUP BY 1"],
  ["SELECT campaign, COUNT(DISTINCT user_id) AS users FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY 1;"],
  [
    `WITH exposed AS (
       SELECT user_id, COLLECT(DISTINCT campaign) AS path, MIN(impression_dt_utc) AS first_seen FROM dsp_impressions
       WHERE user_id IS NOT NULL GROUP BY user_id
     ), bought AS (
       SELECT user_id, MIN(event_dt_utc) AS bought_at, SUM(total_product_sales) AS sales
       FROM TABLE(EXTEND_TIME_WINDOW('conversions', 'P0D', 'P14D')) WHERE event_subtype = 'order' GROUP BY user_id
     )
     SELECT ARRAY_SORT(path) AS path, IF(b.user_id IS NULL, 'no', 'yes') AS purchased, COUNT(DISTINCT e.user_id) AS users, SUM(sales) AS sales
     FROM exposed e LEFT JOIN bought b ON e.user_id = b.user_id AND SECONDS_BETWEEN(first_seen, bought_at) > 0
     GROUP BY 1, 2`,
  ],
  [
    "WITH ranked AS (SELECT user_id, campaign, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY impression_dt_utc) AS place FROM dsp_impressions) SELECT campaign, COUNT(DISTINCT user_id) AS first_reached FROM ranked WHERE place = 1 GROUP BY campaign",
  ],
  [
    "WITH groups_of (campaign_id, label) AS (VALUES (1, 'a'), (2, 'b')) SELECT label, SUM(impressions) AS n FROM dsp_impressions d INNER JOIN groups_of g ON d.campaign_id = g.campaign_id GROUP BY label",
  ],
  [
    "SELECT postal_code, COUNT(DISTINCT user_id) AS users FROM dsp_impressions GROUP BY 1 HAVING COUNT(DISTINCT user_id) > 200",
  ],
  ["SELECT behavior_segment_name, SUM(impressions) AS n FROM dsp_impressions_by_user_segments GROUP BY 1"],
  ["SELECT COUNT(DISTINCT conversion_id) AS n FROM conversions_with_relevance"],
  ["SELECT campaign, SUM(conversions) AS n FROM conversions_with_relevance GROUP BY campaign"],
  ["SELECT site, COUNT(*) AS n FROM dsp_impressions WHERE site SIMILAR TO '(?i)twitch|ott' GROUP BY 1"],
  ["SELECT user_id FROM dsp_clicks_for_audiences WHERE campaign = 'Spring' GROUP BY user_id", { audience: true }],
  [
    `SELECT campaign, COUNT(*) AS n FROM dsp_clicks WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign_id_string)
     AND click_date_utc >= BUILT_IN_PARAMETER('TIME_WINDOW_START') GROUP BY 1`,
    { parameters: [{ name: "ids", dataType: "ARRAY", elementType: "STRING" }] },
  ],
  ["SELECT campaign, n FROM (SELECT campaign, COUNT(*) AS n FROM dsp_clicks GROUP BY 1 ORDER BY 2) AS x GROUP BY 1, 2"],
  [
    "SELECT SUM(x) AS n FROM (SELECT SUM(clicks) AS x FROM dsp_clicks UNION ALL SELECT SUM(clicks) AS x FROM sponsored_ads_traffic) AS both_sides",
  ],
  [
    "SELECT COALESCE(a.site, b.site) AS place, COUNT(*) AS n FROM dsp_clicks a FULL OUTER JOIN dsp_views b ON a.site = b.site GROUP BY 1",
  ],
  ["SELECT COUNT(*) AS n FROM dsp_clicks WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign)"],
  ["SELECT user_id FROM dsp_clicks_for_audiences GROUP BY 1", { audience: true, tables: ["dsp_clicks"] }],
  ["SELECT COUNT(*) AS n FROM dsp_clicks", { windowEnd: new Date("2026-03-01"), now: new Date("2026-03-03") }],
  ["SELECT DAYOFWEEK(impression_dt) AS day, COUNT(*) AS n FROM dsp_impressions GROUP BY 1"],
];

test.each(right)("stays without a problem: %s", async (sql, options) => {
  expect((await lint(sql, options)).problems).toEqual([]);
});

test("five mistakes are told at once", async () => {
  const sql =
    "SELECT user_id, SUM(total_cost) AS cost\nFROM dsp_impressions\nWHERE postal_code = '90210'\nGROUP BY 1\nORDER BY 2\nLIMIT 5";
  expect(await found(sql)).toEqual([
    "private-output@1:8-15",
    "money-undivided@1:17-20",
    "literal-filter@3:7-18",
    "no-final-order@5:1-9",
    "no-limit@6:1-6",
  ]);
});

test("a misspelt name is answered with the right one", async () => {
  const { problems } = await lint("SELECT campain, COUNT(*) AS n FROM dsp_clicks GROUP BY 1");
  expect(problems[0]?.fix).toBe("Did you mean campaign?");
  const table = await lint("SELECT COUNT(*) AS n FROM dsp_impression");
  expect(table.problems[0]?.fix).toBe("Did you mean dsp_impressions?");
});

test("places are right after letters that take more than one byte", async () => {
  expect(await found("SELECT 'Größe €' AS note, campain, COUNT(*) AS n FROM dsp_clicks GROUP BY 1, 2")).toEqual([
    "unknown-column@1:27-34",
  ]);
});

test("the words alone are judged without DuckDB", () => {
  const problems = lintTokens("SELECT * FROM t RIGHT OUTER JOIN u ON a = b LIMIT 5");
  expect(problems.map(({ rule }) => rule)).toEqual(["no-star", "no-right-join", "no-limit"]);
  expect(lintTokens("")[0]?.rule).toBe("select-only");
});

test("a query's columns, tables, parameters and need are told", async () => {
  const sql =
    "SELECT postal_code AS place, impression_date, SUM(total_cost) AS cost, COUNT(DISTINCT user_id) AS users FROM dsp_impressions WHERE campaign = CUSTOM_PARAMETER('c') GROUP BY 1, 2";
  const { outputColumns, tables, parameters, requiredUsers } = await lint(sql);
  expect(outputColumns).toEqual([
    { name: "place", dataType: "STRING", columnType: "DIMENSION", threshold: "HIGH" },
    { name: "impression_date", dataType: "DATE", columnType: "DIMENSION", threshold: "LOW" },
    { name: "cost", dataType: "DOUBLE", columnType: "METRIC", threshold: "NONE", unit: "millicents" },
    { name: "users", dataType: "LONG", columnType: "METRIC", threshold: "NONE" },
  ]);
  expect({ tables, parameters, requiredUsers }).toEqual({
    tables: ["dsp_impressions"],
    parameters: ["c"],
    requiredUsers: 100,
  });
});

test("a class is followed through CTEs, joins, unions and expressions to the final SELECT", async () => {
  const classOf = async (sql: string) => (await lint(sql)).outputColumns[0]?.threshold;
  expect(
    await classOf(
      "WITH a AS (SELECT postal_code AS x FROM dsp_clicks) SELECT UPPER(x) AS y, COUNT(*) AS n FROM a GROUP BY 1",
    ),
  ).toBe("HIGH");
  expect(
    await classOf(
      "SELECT x, COUNT(*) AS n FROM (SELECT site AS x FROM dsp_clicks UNION ALL SELECT city_name AS x FROM dsp_clicks) AS u GROUP BY 1",
    ),
  ).toBe("HIGH");
  expect(
    await classOf(
      "SELECT SECONDS_BETWEEN(MIN(impression_dt), MAX(impression_dt)) AS s, COUNT(*) AS n FROM dsp_impressions",
    ),
  ).toBe("MEDIUM");
  expect(await classOf("SELECT COUNT(DISTINCT postal_code) AS n FROM dsp_clicks")).toBe("NONE");
});

test("tables an advertiser uploaded are known by name, with their columns and classes", async () => {
  const customers = {
    name: "my_customers",
    columns: [
      { name: "user_id", dataType: "STRING", columnType: "DIMENSION", threshold: "VERY_HIGH" },
      { name: "tier", dataType: "STRING", columnType: "DIMENSION", threshold: "LOW" },
    ],
    userColumn: "user_id",
    timeColumn: null,
    paid: false,
    forAudiences: false,
  } as const;
  const sql =
    "SELECT m.tier, COUNT(DISTINCT d.user_id) AS users FROM My_Customers m INNER JOIN dsp_clicks d ON d.user_id = m.user_id GROUP BY 1";
  const uploaded = [{ ...customers, columns: [...customers.columns] }];
  const { problems, tables } = await lint(sql, { uploaded, tables: ["dsp_clicks"] });
  expect(problems).toEqual([]);
  expect(tables).toEqual(["dsp_clicks", "my_customers"]);
  expect(await found(sql)).toEqual(["unknown-table@1:56-68"]);
});
