// Every report type asked for and read in each of its dialects: no row is refused, and what it splits is the campaign's whole.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReportTransport, Row } from "../../server/amazon";
import { sourceColumns } from "../../server/insights/metric";
import { type Fact, type ReportType, reportTypes } from "../../server/insights/report-types";
import { type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
let accessToken: string;
let advertiserId: string;
beforeAll(async () => {
  local = await startSandboxAmazon({ anchor: "2026-07-01" });
  local.sandbox.control.clock.set({ now: "2026-07-15T12:10:00Z", frozen: true });
  accessToken = await local.signIn("Ava");
  advertiserId = local.world.advertisers[0]?.advertiserId ?? "";
});
afterAll(() => local.sandbox.close());

/** A whole month: what has no days is asked for by the month. */
const range = { startDate: "2026-06-01", endDate: "2026-06-30" };

async function rowsOf(type: ReportType, dialect: "v3" | "legacy"): Promise<Row[]> {
  const transport: ReportTransport = local.amazon.reporting[dialect];
  const asked = type.dialects[dialect];
  if (!asked) throw new Error(`no ${dialect} report of ${type.id}`);
  const owner = { kind: "advertiser" as const, advertiserId };
  const access = { region: "NA" as const, accessToken, owner };
  const { type: name, groupBy, columns, adProduct } = asked;
  const timeUnit = type.period === "day" ? ("DAILY" as const) : ("SUMMARY" as const);
  const question = { type: name, groupBy, columns, adProduct, ...range, timeUnit };
  const { reportId } = await transport.request({ ...access, question });
  for (let polls = 0; polls < 100; polls++) {
    const status = await transport.status({ ...access, reportId });
    if (status.state === "failed") throw new Error(status.failureReason);
    if (status.state !== "ready") continue;
    const rows: Row[] = [];
    for await (const batch of transport.download({ region: "NA", url: status.url })) rows.push(...batch.rows);
    return rows;
  }
  throw new Error("the report was not ready after 100 polls");
}

const factsOf = (type: ReportType, dialect: "v3" | "legacy", rows: Row[]): Fact[] =>
  rows.flatMap((row) => type.toFacts(type.read(dialect === "legacy" ? type.fromLegacy(row) : row), "USD"));

const grainOf = (fact: Fact) => [fact.day, fact.campaignId, fact.adGroupId, fact.creativeId, fact.segment].join("|");

const cases = Object.values(reportTypes as Record<string, ReportType>).flatMap((type) =>
  (["v3", "legacy"] as const).filter((dialect) => type.dialects[dialect]).map((dialect) => ({ type, dialect })),
);

test.each(cases.map(({ type, dialect }) => [type.id, dialect, type] as const))(
  "%s in the dialect %s: each row is read, at a grain of its own, with the sums of the truth",
  async (_id, dialect, type) => {
    const facts = factsOf(type, dialect, await rowsOf(type, dialect));
    expect(facts.length).toBeGreaterThan(0);
    expect(new Set(facts.map(grainOf)).size).toBe(facts.length);
    const days = new Set(facts.map(({ day }) => day));
    if (type.period === "month") expect([...days]).toEqual([range.startDate]);
    else expect(days.size).toBe(30);
    const total = local.sandbox.control.truth({ advertiserId, ...range })?.total ?? {};
    const names = {
      impressions: "impressions",
      totalCost: "totalCostMicros",
      purchases: "purchases",
      sales: "salesMicros",
    };
    for (const [column, name] of Object.entries(names)) {
      const at = sourceColumns.indexOf(column as (typeof sourceColumns)[number]);
      const metric = column === "totalCost" ? "spend" : column;
      const sum = facts.reduce((all, { values }) => all + BigInt(values[at] ?? 0), 0n);
      expect([column, String(sum)]).toEqual([column, type.metrics.some((id) => id === metric) ? total[name] : "0"]);
    }
    for (const { by, name } of type.dimensions.filter(({ ofDays }) => !ofDays)) {
      for (const key of [...by, ...(name ? [name] : [])]) {
        expect([key, facts.some(({ extra }) => extra?.[key])]).toEqual([key, true]);
      }
    }
  },
);
