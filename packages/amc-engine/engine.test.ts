import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine, RunRequest, Value } from "./contract";
import { openEngine } from "./engine";
import { RefusedSql, RunFailed, RunStopped } from "./errors";

const window = { start: new Date("2026-02-01"), end: new Date("2026-03-01") };
const now = new Date("2026-03-10T23:30:00Z");

function* impressions(): Iterable<Record<string, Value>> {
  for (let index = 0; index < 600; index++) {
    yield {
      user_id: index % 20 === 0 ? null : `user-${index % 150}`,
      campaign: ["Spring", "Summer", "Autumn"][index % 3],
      site: index % 2 ? "twitch.tv" : "imdb.com",
      postal_code: `1000${index % 4}`,
      device_type: index === 1 ? "Watch" : "Phone",
      impressions: 1,
      total_cost: 250_000,
      bid_price: index,
      impression_dt: new Date(Date.UTC(2026, 0, 15, index * 2)),
      impression_dt_utc: new Date(Date.UTC(2026, 0, 15, index * 2)),
      impression_date_utc: "2026-02-01",
      user_behavior_segment_ids: [index % 3, 9],
      campaign_id: "900719925474099312",
    };
  }
}

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({ source: { load: (table) => (table === "dsp_impressions" ? impressions() : null) } });
});

afterAll(() => engine.close());

const run = (sql: string, more: Partial<RunRequest> = {}) => engine.run({ sql, window, now, ...more });
const rowsOf = async (sql: string, more?: Partial<RunRequest>) => (await run(sql, more)).rows;
const open = { controls: { disableAggregation: true } };

test("rows are cut to the window, and a wider one reads what lies around it", async () => {
  const counted = "SELECT COUNT(*) AS n, MIN(impression_dt_utc) AS first_seen FROM";
  const inWindow = await rowsOf(`${counted} dsp_impressions`, open);
  expect(inWindow).toEqual([[336, "2026-02-01T00:00:00.000"]]);
  const wider = await rowsOf(`${counted} TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P10D', 'PT12H')) AS wide`, open);
  expect(wider).toEqual([[336 + 120 + 6, "2026-01-22T00:00:00.000"]]);
});

test("a wider window without an alias answers to the table's name", async () => {
  const sql =
    "SELECT COUNT(dsp_impressions.campaign) AS n FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions','P0D','P1D'))";
  expect(await rowsOf(sql, open)).toEqual([[348]]);
});

const constructs: [sql: string, parameters: RunRequest["parameters"], cells: unknown[]][] = [
  ["CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE)", {}, ["2026-02-01"]],
  ["CUSTOM_PARAMETER('word')", { word: "it's" }, ["it's"]],
  ["CUSTOM_PARAMETER('few') + 1", { few: 2 }, [3]],
  ["CARDINALITY(CUSTOM_PARAMETER('none'))", { none: [] }, [0]],
  ["ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), 'b')", { ids: ["a", "b"] }, [true]],
  ["CUSTOM_PARAMETER('nothing') IS NULL", { nothing: null }, [true]],
  ["CAST('today' AS DATE)", {}, ["2026-03-10"]],
  ["CURRENT_DATE", {}, ["2026-03-10"]],
  ["CURRENT_TIMESTAMP", {}, ["2026-03-10T23:30:00.000"]],
  ["'watch twitch tv' SIMILAR TO '(?i)TWITCH|imdb'", {}, [true]],
  ["'ott' NOT SIMILAR TO 'twitch'", {}, [true]],
  ["NAMED_ROW('a', 1, 'b', 'x')", {}, [{ a: 1, b: "x" }]],
  ["DAYOFWEEK(DATE '2026-03-08')", {}, [1]],
  ["SECONDS_BETWEEN(TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-01 00:01:30')", {}, [90]],
  ["ARRAY_TO_STRING(ARRAY_SORT(ARRAY_UNION(ARRAY['b'], ARRAY['a', 'b'])), '>')", {}, ["a>b"]],
  ["NVL2(NULL, 1, IFNULL(NULL, 2))", {}, [2]],
  ["REGEXP_SUBSTR('ab12', '[0-9]+')", {}, ["12"]],
  ["ROUND(E(), 1)", {}, [2.7]],
  ["EPOCH_TO_UTC_TIMESTAMP(60)", {}, ["1970-01-01T00:01:00.000"]],
  ["7 / 2", {}, [3.5]],
  ["1 / 0", {}, [null]],
  ["STR_TO_MAP('a:1,b:2', ',', ':')", {}, [{ a: "1", b: "2" }]],
  [
    "ARRAY[NAMED_ROW('at', TIMESTAMP '2026-02-03 04:05:06', 'n', CAST(7 AS BIGINT))]",
    {},
    [[{ at: "2026-02-03T04:05:06.000", n: 7 }]],
  ],
  ["CAST(9007199254740993 AS BIGINT)", {}, ["9007199254740993"]],
  ["CAST(1.5 AS DECIMAL(38, 4))", {}, ["1.5000"]],
];

test.each(constructs)("AMC's construct runs: %s", async (expression, parameters, cells) => {
  const rows = await rowsOf(`SELECT ${expression} AS x, COUNT(*) AS n FROM dsp_impressions GROUP BY 1`, {
    ...open,
    parameters,
  });
  expect(rows.map(([cell]) => cell)).toEqual(cells);
});

test("today is the day of the request's zone", async () => {
  const sql = "SELECT CURRENT_DATE AS today, COUNT(*) AS n FROM dsp_impressions";
  expect(await rowsOf(sql, { ...open, timeZone: "Asia/Tokyo" })).toEqual([["2026-03-11", 336]]);
});

test("lists are collected, unpacked and counted", async () => {
  const sql = `WITH per_user AS (
      SELECT user_id, COLLECT(DISTINCT campaign) AS seen FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
    ), each_one AS (SELECT user_id, EXPLODE(seen) AS one FROM per_user)
    SELECT one, COUNT(DISTINCT user_id) AS users FROM each_one GROUP BY 1`;
  const rows = await rowsOf(sql);
  expect(rows.map(([one]) => one).sort()).toEqual(["Autumn", "Spring", "Summer"]);
  expect(rows.every(([, users]) => Number(users) > 40)).toBe(true);
});

test("numbers past what JavaScript holds are texts, dates and moments as in AMC's files", async () => {
  const sql =
    "SELECT campaign_id, impression_date_utc, MAX(impression_dt_utc) AS last_seen, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1, 2";
  const { rows, columns } = await run(sql, open);
  expect(rows).toEqual([["900719925474099312", "2026-02-01", "2026-02-28T22:00:00.000", 336]]);
  expect(columns.map(({ dataType }) => dataType)).toEqual(["LONG", "DATE", "TIMESTAMP", "LONG"]);
});

test("a row below its threshold is left out, and the result says how much was", async () => {
  const { rows, hidden, users } = await run(
    "SELECT device_type, COUNT(*) AS n FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P30D', 'P0D')) GROUP BY 1",
  );
  expect(rows).toEqual([["Phone", 539]]);
  expect(hidden).toEqual({ rows: 1, users: 0, columns: [{ name: "device_type", required: 2, rows: 1 }] });
  expect(users).toBe(150);
});

test("with a discriminator sensitive values go, and rows that became equal are summed", async () => {
  const sql = "SELECT postal_code, campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1, 2";
  const all = await rowsOf(sql, open);
  const controls = {
    discriminatorColumn: "filtered",
    distinctUserCountColumn: "users_behind",
    filteredReasonColumn: "why",
  };
  const { rows, columns, hidden } = await run(sql, { controls });
  expect(columns.slice(3).map(({ name, dataType }) => [name, dataType])).toEqual([
    ["filtered", "BOOLEAN"],
    ["users_behind", "LONG"],
    ["why", "STRING"],
  ]);
  expect(rows.map(([place, campaign, n, filtered]) => [place, campaign, n, filtered]).sort()).toEqual([
    [null, "Autumn", 112, true],
    [null, "Spring", 112, true],
    [null, "Summer", 112, true],
  ]);
  expect(all.reduce((sum, [, , n]) => sum + Number(n), 0)).toBe(336);
  expect(hidden.rows).toBe(all.length);
  for (const row of rows) expect(row[5]).toMatch(/^\d+ 'dsp_impressions' users < 100 required$/);
});

test("values can go alone, the rows staying as they are", async () => {
  const sql = "SELECT postal_code, campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1, 2";
  const rows = await rowsOf(sql, { controls: { behavior: "REMOVE_VALUES" } });
  expect(rows).toHaveLength(12);
  expect(rows.every(([place, campaign, n]) => place === null && campaign !== null && Number(n) > 0)).toBe(true);
});

test("counts of users are told up to the threshold only", async () => {
  const controls = { distinctUserCountColumn: "users_behind" };
  expect(await rowsOf("SELECT campaign, COUNT(*) AS n FROM dsp_impressions GROUP BY 1", { controls })).toEqual([
    ["Spring", 112, 2],
    ["Summer", 112, 2],
    ["Autumn", 112, 2],
  ]);
});

test("a metric of a stricter class raises what its row needs", async () => {
  const sql = "SELECT campaign, MAX(bid_price) AS highest, COUNT(*) AS n FROM dsp_impressions GROUP BY 1";
  const { rows, hidden } = await run(sql);
  expect(rows).toEqual([]);
  expect(hidden.columns).toEqual([{ name: "highest", required: 100, rows: 3 }]);
});

test("with the controls off nothing is filtered, and nothing says it was", async () => {
  const sql = "SELECT postal_code, COUNT(*) AS n FROM dsp_impressions GROUP BY 1";
  const controls = { disableAggregation: true, discriminatorColumn: "filtered", filteredReasonColumn: "why" };
  const { rows, hidden } = await run(sql, { controls });
  expect(rows.map(([, n, filtered, why]) => [n, filtered, why])).toEqual(Array(4).fill([84, false, null]));
  expect(hidden.rows).toBe(0);
});

test("tables that hold no users hide nothing", async () => {
  const metadata = await openEngine({
    source: { load: (table) => (table === "segment_metadata" ? [{ segment_id: 1, segment_name: "Tea" }] : null) },
  });
  const result = await metadata.run({
    sql: "SELECT segment_name, COUNT(*) AS n FROM segment_metadata GROUP BY 1",
    window,
    now,
  });
  expect(result.rows).toEqual([["Tea", 1]]);
  metadata.close();
});

test("an audience query hands over its users", async () => {
  const source = { load: (table: string) => (table === "dsp_impressions_for_audiences" ? impressions() : null) };
  const audiences = await openEngine({ source });
  const sql =
    "SELECT user_id FROM dsp_impressions_for_audiences WHERE campaign = 'Spring' AND user_id IS NOT NULL GROUP BY user_id";
  const { rows } = await audiences.run({ sql, window, now, audience: true });
  expect(new Set(rows.map(([user]) => user)).size).toBe(rows.length);
  expect(rows).toHaveLength(50);
  audiences.close();
});

test("files of a folder are read where they lie; what they lack is empty", async () => {
  const folder = mkdtempSync(join(tmpdir(), "amc-engine-"));
  const columnData = [
    { name: "user_id", data: ["a", "b", "c"] },
    { name: "campaign", data: ["Spring", "Spring", "Summer"] },
    { name: "impression_dt_utc", data: ["2026-02-10", "2026-02-11", "2026-02-12"].map((day) => new Date(day)) },
  ];
  writeFileSync(join(folder, "dsp_impressions.parquet"), Buffer.from(parquetWriteBuffer({ columnData })));
  const files = await openEngine({ source: { folder } });
  const sql = "SELECT campaign, COUNT(*) AS n, SUM(impressions) AS seen FROM dsp_impressions GROUP BY 1";
  expect((await files.run({ sql, window, now })).rows).toEqual([["Spring", 2, null]]);
  expect((await files.run({ sql: "SELECT COUNT(*) AS n FROM dsp_clicks", window, now, ...open })).rows).toEqual([[0]]);
  const peek = `SELECT COUNT(*) AS n FROM read_parquet('${join(folder, "dsp_impressions.parquet")}')`;
  await expect(files.run({ sql: peek, window, now })).rejects.toBeInstanceOf(RefusedSql);
  files.close();
  rmSync(folder, { recursive: true });
});

const forbidden = [
  "SELECT COUNT(*) AS n FROM read_csv('/etc/passwd')",
  "SELECT COUNT(*) AS n FROM '/etc/passwd'",
  "SELECT COUNT(*) AS n FROM raw.dsp_impressions",
  "SELECT COUNT(*) AS n FROM duckdb_settings()",
  "SELECT COUNT(*) AS n FROM information_schema.tables",
  "SELECT COUNT(*) AS n, (SELECT MAX(content) FROM read_text('/etc/passwd')) AS x FROM dsp_impressions",
  "WITH x AS (SELECT 1 AS a FROM glob('/*')) SELECT COUNT(*) AS n FROM x",
  "SELECT campaign, __u, COUNT(*) AS n FROM dsp_impressions GROUP BY 1, 2",
  "SELECT MAX(__u) AS users FROM dsp_impressions",
  "SELECT COUNT(*) AS n FROM (FROM dsp_impressions) AS x",
  "SELECT MAX(x) AS n FROM (SELECT COLUMNS('user_.*') FROM dsp_impressions) AS t(x)",
  "WITH v(a) AS (VALUES ((SELECT COUNT(*) FROM raw.dsp_impressions))) SELECT MAX(a) AS n FROM v",
  "SELECT campaign, MAX(postal_code) AS p FROM (SELECT campaign, postal_code, [1, 2, 3] AS __u FROM dsp_impressions) AS x GROUP BY 1",
  "SELECT COUNT(*) AS n FROM (SELECT DISTINCT ON (campaign) campaign, site FROM dsp_impressions) AS x",
  "COPY dsp_impressions TO '/tmp/stolen.csv'",
  "ATTACH '/tmp/other.db'",
  "INSTALL httpfs",
  "SET memory_limit = '100GB'",
  "CREATE TABLE t AS SELECT 1",
  "SELECT COUNT(*) AS n FROM dsp_impressions; DROP TABLE raw.dsp_impressions",
];

test.each(forbidden)("is refused: %s", async (sql) => {
  await expect(run(sql)).rejects.toBeInstanceOf(RefusedSql);
});

const endless = `SELECT a.campaign, COUNT(*) AS n FROM dsp_impressions a CROSS JOIN dsp_impressions b CROSS JOIN dsp_impressions c
  CROSS JOIN dsp_impressions d WHERE a.bid_price + b.bid_price + c.bid_price + d.bid_price < 0 GROUP BY 1`;

test("a run ends when its caller or its deadline says so, and the next one is well", async () => {
  await expect(run(endless, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({ reason: "aborted" });
  await expect(run(endless, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(RunStopped);
  const short = await openEngine({
    timeoutMs: 200,
    source: { load: (table) => (table === "dsp_impressions" ? impressions() : null) },
  });
  await expect(short.run({ sql: endless, window, now })).rejects.toMatchObject({ reason: "timeout" });
  short.close();
  expect(await rowsOf("SELECT COUNT(*) AS n FROM dsp_impressions")).toEqual([[336]]);
});

test("a run that needs more memory than it may have is stopped", async () => {
  const small = await openEngine({
    memoryLimitMb: 60,
    source: { load: (table) => (table === "dsp_impressions" ? impressions() : null) },
  });
  const sql =
    "SELECT COUNT(DISTINCT a.campaign || a.bid_price || b.bid_price || c.bid_price) AS n FROM dsp_impressions a CROSS JOIN dsp_impressions b CROSS JOIN dsp_impressions c";
  await expect(small.run({ sql, window, now })).rejects.toMatchObject({ reason: "memory" });
  small.close();
});

test("what the data makes fail is no fault of the text", async () => {
  const sql = "SELECT CAST(campaign AS INTEGER) AS x, COUNT(*) AS n FROM dsp_impressions GROUP BY 1";
  await expect(run(sql)).rejects.toBeInstanceOf(RunFailed);
});

test("the same text gives the same rows each run, ties and chance included", async () => {
  const sql = `SELECT campaign, SUM(place) AS places, MAX(chance) AS chance FROM
    (SELECT campaign, ROW_NUMBER() OVER (ORDER BY impressions) AS place, RANDOM() AS chance FROM dsp_impressions) AS x GROUP BY 1`;
  expect(await rowsOf(sql)).toEqual(await rowsOf(sql));
});
