import { expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { planFile } from "../api/lists/plan-file";
import { resources } from "../api/resources";
import { discoverAccounts } from "../connections/discover-accounts";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { askReport, askReportAgain, deleteCustomReport } from "./ask-report";
import type { CustomReport } from "./contract";
import { stepAskJob } from "./jobs";
import { askableAccounts, getReport, listReports } from "./list-reports";
import { listRows, noteRows } from "./list-rows";
import type { Question } from "./question-contract";
import { readAsk } from "./store";
import { storeAnswer } from "./store-answer";

const { db, ownerUrl } = testDatabase();
const sandbox = testSandbox({ reportDelaySeconds: 0 });
const jobs = [stepAskJob];

async function anOffice() {
  const clock = aClock(new Date());
  sandbox().control.clock.set({ now: clock().toISOString(), frozen: true });
  const source = aSource(db, { clock, jobs, services: amazonServices(sandbox(), { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  await discoverAccounts(ctx, { connectionId: await connected(ctx, { userId: amazonUser(sandbox(), "Ben").id }) });
  const [account] = await ctx.tx(askableAccounts);
  if (!account) throw new Error("Ben sees one advertiser");
  const day = (back: number) => new Date(clock().getTime() - back * 86_400_000).toISOString().slice(0, 10);
  const question: Question = {
    name: "Campaigns",
    type: "dspCampaign",
    groupBy: ["campaign"],
    columns: ["date", "orderId", "orderName", "impressions", "totalCost", "ROAS"],
    timeUnit: "DAILY",
    from: day(8),
    to: day(2),
    accountIds: [account.id],
  };
  const run = () => runJobs({ ownerUrl, source, agencyId, jobs, clock });
  const read = (id: string, as: Ctx = ctx) => as.tx((tx) => getReport(tx, id));
  const rowsOf = ({ id }: Pick<CustomReport, "id">, as: Ctx = ctx, window = {}) => {
    const filters = [{ field: "reportId", operator: "eq" as const, values: [id] }];
    return as.tx((tx) => listRows(tx, { ...wholeList(), filters, ...window }));
  };
  const wait = (minutes: number) => {
    clock.advance({ minutes });
    sandbox().control.clock.set({ now: clock().toISOString(), frozen: true });
  };
  return { agencyId, source, ctx, account, question, run, read, rowsOf, clock, wait };
}

const created = () => sandbox().control.calls.list({ operation: "reports.create" });

test("a question is asked once, answered, paged through, kept, run again and deleted", async () => {
  const { ctx, question, run, read, rowsOf } = await anOffice();
  const asked = await askReport(ctx, question);
  expect(asked).toMatchObject({ state: "waiting", rows: 0, accounts: [expect.any(String)] });
  await run();
  const answered = await read(asked.id);
  expect(answered).toMatchObject({ state: "done", rowsRejected: 0 });
  expect(answered.rows).toBeGreaterThan(7);
  const { items, total } = await rowsOf(asked);
  expect(total).toBe(answered.rows);
  expect(items[0]?.values).toMatchObject({ orderId: expect.stringMatching(/^\d+$/), impressions: expect.any(Number) });
  const page = await rowsOf(asked, ctx, { start: 3, limit: 2 });
  expect(page.items).toEqual(items.slice(3, 5));

  const again = await askReportAgain(ctx, { id: asked.id });
  await run();
  expect(await read(again.id)).toMatchObject({ state: "done", rows: answered.rows });
  await deleteCustomReport(ctx, { id: asked.id });
  const left = await ctx.tx((tx) => listReports(tx, wholeList()));
  expect(left.items.map(({ id }) => id)).toEqual([again.id]);
  await expect(rowsOf(asked)).rejects.toMatchObject({ code: "not_found" });
}, 60_000);

test("a process that dies after Amazon's answer asks the same again, and the report is stored once, of its first moment", async () => {
  const { ctx, question, run, read, clock, wait } = await anOffice();
  const before = created().length;
  const asked = await askReport(ctx, { ...question, columns: ["date", "orderId", "clicks"] });
  const key = { reportId: asked.id, accountId: question.accountIds[0] ?? "" };
  const first = clock().toISOString();
  await stepAskJob.run(ctx, key);
  wait(5);
  // What the database holds where the process was killed before it could note the answer.
  await ctx.tx((tx) => tx.sql`update custom_report_asks set state = 'due', amazon_report_id = null, attempts = 0`);
  await run();
  expect(
    created()
      .slice(before)
      .map(({ status }) => status),
  ).toEqual([200, 425]);
  const { rows, state, asks } = await read(asked.id);
  expect({ state, note: asks[0]?.note }).toMatchObject({
    state: "done",
    note: expect.stringContaining("the very same"),
  });
  expect(asks[0]?.requestedAt).toBe(first);
  const query = { ...wholeList(), filters: [{ field: "reportId", operator: "eq" as const, values: [asked.id] }] };
  expect(await ctx.tx((tx) => noteRows(tx, query))).toMatchObject({ asOf: first, syncedAt: first });
  // A step that comes late changes nothing.
  await stepAskJob.run(ctx, key);
  expect((await read(asked.id)).rows).toBe(rows);
  const pieces = await ctx.tx(
    (tx) => tx.sql`select sum(jsonb_array_length(rows))::int as rows from custom_report_pieces`,
  );
  expect(pieces[0]?.rows).toBe(rows);
}, 60_000);

test("a report that is deleted while its answer is stored leaves no rows behind", async () => {
  const { ctx, question } = await anOffice();
  const asked = await askReport(ctx, { ...question, columns: ["date", "orderId", "sales"] });
  const key = { reportId: asked.id, accountId: question.accountIds[0] ?? "" };
  await stepAskJob.run(ctx, key);
  const open = await ctx.tx((tx) => readAsk(tx, key));
  if (!open) throw new Error("the report was asked for");
  let deleted: Promise<unknown> = Promise.resolve();
  async function* batches() {
    deleted = deleteCustomReport(ctx, { id: asked.id });
    for (let waiting = 0; waiting === 0; ) {
      const [row] = await ctx.tx(
        (tx) => tx.sql`select count(*)::int as waiting from pg_stat_activity
          where wait_event_type = 'Lock' and datname = current_database() and query like '%custom_report%'`,
      );
      waiting = row?.waiting;
    }
    yield { rows: [{ date: question.from, orderId: "1", sales: 1 }], rejected: [] };
  }
  await storeAnswer(ctx, open, { batches: batches(), requestedAt: ctx.now() });
  await deleted;
  expect(await ctx.tx((tx) => tx.sql`select part from custom_report_pieces`)).toEqual([]);
}, 60_000);

test("what Amazon would refuse is refused here, with the field and the limit, and Amazon is not asked", async () => {
  const { ctx, question } = await anOffice();
  const before = created().length;
  const refusal = (change: Partial<Question>) =>
    askReport(ctx, { ...question, ...change }).then(
      () => ({}),
      (error) => error.fields,
    );
  expect(await refusal({ from: "2020-01-01", to: "2020-03-01" })).toEqual({
    from: expect.stringContaining("Amazon keeps 95 days"),
    to: "These are 61 days; Amazon gives at most 31 at once for this type.",
  });
  expect(await refusal({ columns: ["date", "made-up"] })).toEqual({ columns: expect.stringContaining("made-up") });
  expect(await refusal({ timeUnit: "SUMMARY" })).toEqual({ columns: expect.stringContaining("date with days only") });
  expect(await refusal({ type: "dspInventory", groupBy: ["deal"] })).toMatchObject({
    groupBy: expect.stringContaining("supplySource or site"),
  });
  expect(await refusal({ accountIds: ["00000000-0000-4000-8000-000000000000"] })).toEqual({
    accountIds: expect.any(String),
  });
  expect(created().length).toBe(before);
}, 60_000);

test("a report is seen with all its brands only, and without money where that is hidden, in files too", async () => {
  const { agencyId, source, ctx, account, question, run, rowsOf } = await anOffice();
  const brand = await aBrand(db, agencyId, "Seen");
  const asked = await askReport(ctx, question);
  await run();
  const as = (permissions: string[], brandId = brand) =>
    aCtx(source, agencyId, { memberships: [{ brandId, role: "custom", permissions }] });
  const stranger = as(["reports.read", "reports.write", "money.read"]);
  await expect(rowsOf(asked, stranger)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteCustomReport(stranger, { id: asked.id })).rejects.toMatchObject({ code: "not_found" });

  await ctx.tx((tx) => tx.sql`update accounts set brand_id = ${brand} where id = ${account.id}`);
  expect((await rowsOf(asked, stranger)).items[0]?.values.totalCost).toEqual(expect.any(Number));
  const reader = as(["reports.read"]);
  const { values } = (await rowsOf(asked, reader)).items[0] ?? { values: {} };
  expect(values).toMatchObject({ totalCost: null, ROAS: null, impressions: expect.any(Number) });
  const resource = resources.find(({ name }) => name === "custom-report-rows");
  if (!resource) throw new Error("rows are a resource");
  const planned = (who: Ctx) =>
    planFile(who, { resource, all: resources, params: new URLSearchParams({ reportId: asked.id }) });
  const kinds = (await planned(stranger)).columns.map(({ key, type }) => `${key} ${type}`);
  expect(kinds).toEqual(
    expect.arrayContaining(["date date", "orderId text", "impressions integer", "totalCost money", "ROAS decimal"]),
  );
  const hidden = await planned(reader);
  expect(hidden.columns.map(({ key }) => key)).toEqual([
    "account",
    "currency",
    "date",
    "orderId",
    "orderName",
    "impressions",
  ]);
  expect(hidden.note).toMatchObject({ moneyHidden: true, range: { from: question.from, to: question.to } });
  await expect(deleteCustomReport(reader, { id: asked.id })).rejects.toMatchObject({ code: "forbidden" });
}, 60_000);
