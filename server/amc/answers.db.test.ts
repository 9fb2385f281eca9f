import { expect, test } from "vitest";
import { anInstance } from "../../tests/support/amc-instance";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { reportedAccount } from "../../tests/support/reported-account";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { createSchedule } from "./change-schedule";
import { listComparable, listDifferences } from "./compare-results";
import { changeExecution } from "./execution-store";
import { getExecution } from "./list-executions";
import { listAccountLoad } from "./list-instances";
import { listSchedules } from "./list-schedules";
import { getResult, listResultRows, resultColumns } from "./read-result";
import type { ResultColumn, ResultValue } from "./result-contract";
import { insertPiece, insertResult } from "./result-store";
import { startExecution } from "./start-execution";

const { db } = testDatabase();

async function anOffice() {
  const agencyId = await anAgency(db);
  const source = aSource(db);
  return { agencyId, source, ctx: aCtx(source, agencyId, { memberships: asOwner }) };
}

/** An instance that holds the data of one advertiser, whose account is in the currency. */
async function anInstanceIn(ctx: Ctx, currency: string, brandId: string | null = null): Promise<string> {
  const { accountId } = await reportedAccount(ctx, { brandId, currency });
  const advertiser = { id: accountId.slice(0, 8), name: "Harbor", type: "DISPLAY", marketplaceId: null };
  return anInstance(ctx, { brandId, advertisers: [advertiser] });
}

const campaign: ResultColumn = { name: "campaign", label: "Campaign", unit: "text", measure: false, noMoney: true };
const users: ResultColumn = { name: "users", label: "Users", unit: "users", measure: true, noMoney: true };
const cost: ResultColumn = { name: "cost", label: "Cost", unit: "money", measure: true, noMoney: false };
const nothingHidden = {
  ...{ known: true, shownRows: 1, hiddenRows: 0 },
  ...{ measures: [], dimensions: [], reasons: [], coarsen: [] },
};

interface Answered {
  instanceId: string;
  /** Left out: SQL of one's own. */
  templateId?: string;
  columns: ResultColumn[];
  row: ResultValue[];
}

let days = 1;
/** A run that is over. */
async function anAnswer(ctx: Ctx, { instanceId, templateId, columns, row }: Answered): Promise<string> {
  const what = templateId ? { templateId } : { sql: "SELECT campaign FROM dsp_impressions GROUP BY campaign" };
  const { id } = await startExecution(ctx, { ...what, instanceId, window: { kind: "last", days: days++ } });
  await ctx.tx(async (tx) => {
    await insertResult(tx, { executionId: id, columns, rowCount: 1, chartRows: [row], suppressed: nothingHidden });
    await insertPiece(tx, { executionId: id, part: 0, rows: [row] });
    await changeExecution(tx, id, { state: "done", finishedAt: tx.now() });
  });
  return id;
}

test("an answer is compared with those of its template, one of SQL of one's own with those of the same columns", async () => {
  const { ctx } = await anOffice();
  const instanceId = await anInstance(ctx);
  const own = { instanceId, columns: [campaign, users], row: ["Spring", 5] };
  const [first, second] = [await anAnswer(ctx, own), await anAnswer(ctx, own)];
  const turned = await anAnswer(ctx, { instanceId, columns: [users, campaign], row: [5, "Spring"] });
  await anAnswer(ctx, { instanceId, columns: [campaign, cost], row: ["Spring", 5] });
  await anAnswer(ctx, { instanceId, columns: [campaign, users, cost], row: ["Spring", 5, 1] });
  const asked = await anAnswer(ctx, { ...own, templateId: "overlap" });
  const again = await anAnswer(ctx, { ...own, templateId: "overlap" });
  const comparable = (id: string) =>
    ctx.tx(async (tx) => (await listComparable(tx, await getExecution(tx, id))).map((run) => run.id).sort());
  expect(await comparable(first)).toEqual([second, turned].sort());
  expect(await comparable(asked)).toEqual([again]);
}, 60_000);

test("rows say what their money is in: that of the instance's advertisers, or the row's own", async () => {
  const { ctx } = await anOffice();
  const money = { columns: [campaign, cost], row: ["Spring", 12.5] };
  const euro = await anAnswer(ctx, { ...money, instanceId: await anInstanceIn(ctx, "EUR") });
  const unknown = await anAnswer(ctx, { ...money, instanceId: await anInstance(ctx) });
  const named: ResultColumn = { name: "currency", label: "Currency", unit: "text", measure: false, noMoney: true };
  const own = await anAnswer(ctx, {
    instanceId: await anInstanceIn(ctx, "EUR"),
    columns: [campaign, named, cost],
    row: ["Spring", "GBP", 12.5],
  });
  const of = (id: string) => ({
    ...wholeList(),
    filters: [{ field: "executionId", operator: "eq" as const, values: [id] }],
  });
  const currencies = (id: string) =>
    ctx.tx(async (tx) => ({
      answer: (await getResult(tx, id)).currency,
      row: (await listResultRows(tx, of(id))).items[0]?.currency,
      file: (await resultColumns(tx, of(id))).columns.filter(({ label }) => label === "Currency").length,
    }));
  expect(await currencies(euro)).toEqual({ answer: "EUR", row: "EUR", file: 1 });
  expect(await currencies(unknown)).toEqual({ answer: null, row: null, file: 1 });
  expect(await currencies(own)).toEqual({ answer: null, row: "GBP", file: 1 });
}, 60_000);

test("money of two currencies is set side by side and not subtracted", async () => {
  const { ctx } = await anOffice();
  const columns = [campaign, users, cost];
  const euro = await anAnswer(ctx, { instanceId: await anInstanceIn(ctx, "EUR"), columns, row: ["Spring", 7, 12.5] });
  const dollar = await anAnswer(ctx, { instanceId: await anInstanceIn(ctx, "USD"), columns, row: ["Spring", 5, 10] });
  const filters = [
    { field: "executionId", operator: "eq" as const, values: [euro] },
    { field: "with", operator: "eq" as const, values: [dollar] },
  ];
  const { items } = await ctx.tx((tx) => listDifferences(tx, { ...wholeList(), filters }));
  expect(items).toMatchObject([{ before: { cost: 10 }, after: { cost: 12.5 }, change: { users: 2, cost: null } }]);
}, 60_000);

test("the places of an account are counted over all brands, and schedules are found by the brand they ask", async () => {
  const { ctx, agencyId, source } = await anOffice();
  const [harbor, other] = [await aBrand(db, agencyId, "Harbor"), await aBrand(db, agencyId, "Other")];
  const asked = [await anInstance(ctx, { brandId: harbor }), await anInstance(ctx, { brandId: other })];
  for (const instanceId of asked) {
    await startExecution(ctx, { templateId: "overlap", instanceId, window: { kind: "last", days: 7 } });
    await createSchedule(ctx, {
      name: `Of ${instanceId}`,
      templateId: "overlap",
      instanceIds: [instanceId],
      window: { kind: "last", days: 7 },
      cron: "0 6 * * *",
      timeZone: "UTC",
    });
  }
  const lead = aCtx(source, agencyId, { memberships: [{ brandId: harbor, role: "lead" }] });
  expect(await lead.tx(listAccountLoad)).toEqual([{ accountId: "ENTITY1", running: 2, waiting: 0 }]);
  const stranger = aCtx(source, agencyId, {
    memberships: [{ brandId: await aBrand(db, agencyId, "Elsewhere"), role: "lead" }],
  });
  expect(await stranger.tx(listAccountLoad)).toEqual([]);
  const filters = [{ field: "brandId", operator: "eq" as const, values: [other] }];
  const found = await ctx.tx((tx) => listSchedules(tx, { ...wholeList(), filters }));
  expect(found.items.map(({ instanceIds }) => instanceIds)).toEqual([[asked[1]]]);
}, 60_000);
