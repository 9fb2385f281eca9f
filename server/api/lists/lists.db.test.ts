import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { callApi } from "../../../tests/support/api-call";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../../../tests/support/ctx";
import { testDatabase } from "../../../tests/support/database";
import { auditedActions } from "../../../tests/support/people";
import { accounts } from "../../connections/tables";
import type { Ctx } from "../../core/context";
import { archiveBrand, createBrand } from "../../workspace/change-brand";
import type { BulkAnswer, ChangeAnswer, ImportAnswer } from "./contract";

const { db } = testDatabase();
const source = aSource(db);

const ask = (ctx: Ctx, method: string, path: string, body?: object) => callApi(ctx, path, body, method);

async function send<T>(ctx: Ctx, method: string, path: string, body?: object): Promise<T & { status: number }> {
  const { status, text } = await ask(ctx, method, path, body);
  return { ...(JSON.parse(text) as T), status };
}

async function asAdmin() {
  const agencyId = await anAgency(db);
  return { agencyId, ctx: aCtx(source, agencyId, { memberships: asOwner }) };
}

const names = async (ctx: Ctx, query = "archived=false"): Promise<string[]> =>
  (JSON.parse((await ask(ctx, "GET", `brands?_end=200&_sort=name&${query}`)).text) as { name: string }[]).map(
    ({ name }) => name,
  );

test("a list is exported with its filters, order and columns, and nothing in it is a formula", async () => {
  const { ctx } = await asAdmin();
  for (const name of ["=1+1", "＋SUM(A1)", 'Acme "Home", Inc', "Zeta"]) await createBrand(ctx, { name });
  await archiveBrand(ctx, { id: (await createBrand(ctx, { name: "Gone" })).id });
  const { status, headers, text } = await ask(
    ctx,
    "GET",
    "brands/export?archived=false&_sort=name&_order=desc&_columns=name,createdAt",
  );
  expect(status).toBe(200);
  expect(headers["content-type"]).toContain("text/csv");
  expect(headers["content-disposition"]).toContain("brands 2026-11-20.csv");
  const [head, ...lines] = text.trim().split("\n");
  expect(head).toBe("Brand,Created");
  expect(lines.map((line) => line.slice(0, line.lastIndexOf(","))).sort()).toEqual(
    ["'=1+1", "'＋SUM(A1)", '"Acme ""Home"", Inc"', "Zeta"].sort(),
  );
  expect(lines).toContain("Zeta,2026-11-20T12:00:00.000Z");
  expect(await auditedActions(ctx)).toContain("list.exported");
  expect((await ask(ctx, "GET", "brands/export?_columns=secret")).status).toBe(400);
});

test("many records change in one request; each has its answer, and what was done can be taken back", async () => {
  const { ctx, agencyId } = await asAdmin();
  const mine = await aBrand(db, agencyId, "Mine");
  const theirs = await aBrand(db, agencyId, "Theirs");
  const lead = aCtx(source, agencyId, { memberships: [{ brandId: mine, role: "ops" }] });
  const answer = await send<BulkAnswer>(lead, "POST", "brands/bulk", { action: "archive", ids: [mine, theirs] });
  expect(answer).toMatchObject({ status: 207, done: 1, failed: 1 });
  expect(answer.results).toEqual([
    { id: mine, label: "Mine", outcome: "done", undo: { action: "restore", input: {} } },
    expect.objectContaining({ id: theirs, label: null, outcome: "failed", reason: "This record was not found." }),
  ]);
  expect(await names(ctx)).toEqual(["Theirs"]);
  await send(ctx, "POST", "brands/bulk", { action: "restore", rows: [{ id: mine, input: {} }] });
  expect(await names(ctx)).toEqual(["Mine", "Theirs"]);
});

test("all that match are done only while there are as many as the person saw", async () => {
  const { ctx, agencyId } = await asAdmin();
  for (const name of ["Old 1", "Old 2", "New"]) await aBrand(db, agencyId, name);
  const matching = { query: "q=old&archived=false", count: 3 };
  expect((await send(ctx, "POST", "brands/bulk", { action: "archive", matching })).status).toBe(409);
  const answer = await send<BulkAnswer>(ctx, "POST", "brands/bulk", {
    action: "archive",
    matching: { ...matching, count: 2 },
  });
  expect(answer).toMatchObject({ done: 2, failed: 0 });
  expect(await names(ctx)).toEqual(["New"]);
});

test("accounts assigned in bulk can each be given back to the brand they had", async () => {
  const { ctx, agencyId } = await asAdmin();
  const [from, to] = [await aBrand(db, agencyId, "From"), await aBrand(db, agencyId, "To")];
  const id = await anAccount(agencyId, "701", from);
  const answer = await send<BulkAnswer>(ctx, "POST", "accounts/bulk", {
    action: "assign",
    ids: [id],
    input: { brandId: to },
  });
  expect(answer.results[0]?.undo).toEqual({ action: "assign", input: { brandId: from } });
});

test("edits of cells are saved together; a stale one comes back with what is there now", async () => {
  const { ctx } = await asAdmin();
  const [a, b] = [await createBrand(ctx, { name: "A" }), await createBrand(ctx, { name: "B" })];
  await send(ctx, "PATCH", "brands", { changes: [{ id: b.id, version: 1, set: { name: "B of another" } }] });
  const answer = await send<ChangeAnswer>(ctx, "PATCH", "brands", {
    changes: [
      { id: a.id, version: 1, set: { name: "A1" } },
      { id: b.id, version: 1, set: { name: "B1" } },
    ],
  });
  expect(answer).toMatchObject({ status: 207, done: 1, failed: 1 });
  expect(answer.results[1]).toMatchObject({ outcome: "stale", current: { name: "B of another", version: 2 } });
  expect(await names(ctx)).toEqual(["A1", "B of another"]);
});

test("a file is reported row by row before anything is written, and then imported all or nothing, or its good rows", async () => {
  const { ctx } = await asAdmin();
  await createBrand(ctx, { name: "Here already" });
  const csv = `Brand;Remark\nNew one;x\n;y\nHere already;z\nNew one;twice\n${"x".repeat(130)};long\n`;
  const check = await send<ImportAnswer>(ctx, "POST", "brands/import", { csv, mode: "check" });
  expect(check).toMatchObject({ status: 207, written: 0, errors: 3 });
  expect(check.columns).toEqual([
    { header: "Brand", field: "name" },
    { header: "Remark", field: null },
  ]);
  expect(check.rows.map(({ line, outcome, column }) => [line, outcome, column])).toEqual([
    [2, "create", undefined],
    [3, "error", "Brand"],
    [4, "unchanged", undefined],
    [5, "error", "Brand"],
    [6, "error", "Brand"],
  ]);
  expect(await names(ctx)).toEqual(["Here already"]);
  const all = await send<ImportAnswer>(ctx, "POST", "brands/import", { csv, mode: "all" });
  expect(all).toMatchObject({ written: 0, errors: 3 });
  expect(await names(ctx)).toEqual(["Here already"]);
  const before = await auditedActions(ctx);
  expect(before).not.toContain("list.imported");
  const good = await send<ImportAnswer>(ctx, "POST", "brands/import", { csv, mode: "good" });
  expect(good).toMatchObject({ written: 1, errors: 3 });
  expect(await names(ctx)).toEqual(["Here already", "New one"]);
  expect(await auditedActions(ctx)).toContain("list.imported");
});

test("a file gives accounts to brands by their names", async () => {
  const { ctx, agencyId } = await asAdmin();
  await aBrand(db, agencyId, "Acme");
  const id = await anAccount(agencyId, "801", null);
  const csv = "Amazon id,Brand\n801,acme\n802,Acme\n";
  const answer = await send<ImportAnswer>(ctx, "POST", "accounts/import", { csv, mode: "good" });
  expect(answer.rows.map(({ outcome, written }) => [outcome, written])).toEqual([
    ["update", true],
    ["error", false],
  ]);
  const account = JSON.parse((await ask(ctx, "GET", `accounts/${id}`)).text) as { brandName: string };
  expect(account.brandName).toBe("Acme");
  const unknown = await send<ImportAnswer>(ctx, "POST", "accounts/import", {
    csv: "Amazon id,Brand\n801,Nobody\n",
    mode: "check",
  });
  expect(unknown.rows[0]).toMatchObject({
    outcome: "error",
    column: "Brand",
    reason: expect.stringContaining("Nobody"),
  });
});

test.each([
  ["", 422],
  ["Brand\n", 422],
  ["Nothing,Known\na,b\n", 422],
  ['Brand\n"open\n', 422],
])("the file %j is refused with a reason", async (csv, status) => {
  const { ctx } = await asAdmin();
  expect((await ask(ctx, "POST", "brands/import", { csv, mode: "check" })).status).toBe(status);
});

async function anAccount(agencyId: string, amazonId: string, brandId: string | null): Promise<string> {
  const id = randomUUID();
  const ok = { ok: true };
  const moment = new Date("2026-11-20T12:00:00Z");
  await db.withAgency(agencyId, ({ db: tx }) =>
    tx.insert(accounts).values({
      agencyId,
      id,
      kind: "dsp_advertiser",
      region: "NA",
      amazonId,
      name: `Account ${amazonId}`,
      countryCode: "US",
      currency: "USD",
      timeZone: "America/New_York",
      brandId,
      capabilities: { campaigns: ok, reports: ok, write: ok, amc: ok, audiences: ok },
      createdAt: moment,
      seenAt: moment,
    }),
  );
  return id;
}
