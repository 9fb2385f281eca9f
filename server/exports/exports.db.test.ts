import { expect, test } from "vitest";
import { callApi } from "../../tests/support/api-call";
import { aBrand, aCtx, aSource } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { exportProcess } from "../../tests/support/export-process";
import { anAgencyWithOwner, anIdentity, aPerson, auditedActions, ctxOf, signedIn } from "../../tests/support/people";
import { writeExportJob } from "../api/lists/export-job";
import type { Ctx } from "../core/context";
import { changeRoles } from "../workspace/change-member";
import { createRole } from "../workspace/change-role";
import { beginExport } from "./begin-export";
import { cancelExport } from "./cancel-export";
import type { Export, ExportAnswer } from "./contract";
import { downloadExport, downloadReceipt } from "./download-export";
import { forgetExportsTick } from "./jobs";
import { getExport } from "./list-exports";
import { writeExport } from "./write-export";

const { db, appUrl } = testDatabase();
const identity = anIdentity(db);

const ask = async (ctx: Ctx, path: string, body?: object): Promise<string> => (await callApi(ctx, path, body)).text;

async function textOf(ctx: Ctx, id: string): Promise<string> {
  return (await bytesOf((await downloadExport(ctx, id)).bytes)).toString("utf8");
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function aTeam() {
  const { agencyId, email, userId } = await anAgencyWithOwner(identity);
  const { ctx, cookie } = await signedIn(identity, email);
  const system = aCtx(aSource(db, { clock: identity.clock }), agencyId);
  return { agencyId, userId, ctx, cookie, system };
}

/** Of the brands, whatever their number. */
const begun = (ctx: Ctx, query = ""): Promise<Export> =>
  ctx.tx((tx) => beginExport(tx, { list: "brands", title: "Brand", query, filename: "brands.csv", format: "csv" }));
const write = (system: Ctx, { id }: Pick<Export, "id">) => writeExportJob.run(system, { id });
const read = (ctx: Ctx, { id }: Pick<Export, "id">) => ctx.tx((tx) => getExport(tx, id));

test("a list too long to be sent at once is written by a job that outlives its process, row for row as it would have been sent", async () => {
  const { ctx, system, agencyId } = await aTeam();
  const query = "_sort=name&_columns=name,id";
  expect(JSON.parse(await ask(ctx, "exports/ask", { list: "brands", query }))).toEqual({ export: null });
  await ctx.tx(
    (tx) => tx.sql`insert into brands (agency_id, name)
    select ${agencyId}, '=Brand ' || lpad(n::text, 6, '0') from generate_series(1, 50200) n`,
  );
  const { export: asked } = JSON.parse(await ask(ctx, "exports/ask", { list: "brands", query })) as ExportAnswer;
  if (!asked) throw new Error("no export was begun");
  expect(asked).toMatchObject({ state: "waiting", list: "brands", filename: "brands 2026-11-20.csv" });

  expect(await exportProcess({ appUrl, agencyId, id: asked.id }, "export.piece")).toBe("SIGKILL");
  const half = await read(ctx, asked);
  expect(half).toMatchObject({ state: "running", expiresAt: null });
  expect(half.rows).toBeGreaterThan(1000);
  expect(half.rows).toBeLessThan(50_200);
  await expect(downloadExport(ctx, asked.id)).rejects.toMatchObject({ code: "not_found" });

  await write(system, asked);
  expect(await read(ctx, asked)).toMatchObject({ state: "done", rows: 50_200, expiresAt: "2026-11-27T12:00:00.000Z" });
  const text = await textOf(ctx, asked.id);
  expect(text.split("\n").length).toBe(50_202);
  expect(text.split("\n")[1]).toMatch(/^'=Brand 000001,/);
  expect(text === (await ask(ctx, `brands/export?${query}`))).toBe(true);
  const actions = await auditedActions(ctx);
  expect(["list.export_asked", "export.written", "export.downloaded"].filter((one) => !actions.includes(one))).toEqual(
    [],
  );
}, 120_000);

test("a file holds what the one who asked may see, money too, and goes to nobody else, and not to who may see less since", async () => {
  const { ctx, system, agencyId } = await aTeam();
  const [seen] = [await aBrand(db, agencyId, "Seen"), await aBrand(db, agencyId, "Unseen")];
  await ctx.tx((tx) => tx.sql`update brands set monthly_budget = 5000000, budget_currency = 'USD'`);
  const role = await createRole(ctx, {
    name: "No money",
    permissions: ["brands.read", "campaigns.read", "insights.read"],
  });
  const { userId, email } = await aPerson(identity, agencyId, "client");
  await changeRoles(ctx, { id: userId, roles: [{ brandId: seen, role: role.id }] });
  const { ctx: client, cookie } = await signedIn(identity, email);

  const all = await begun(ctx, "_columns=name,monthlyBudget");
  const some = await begun(client, "_columns=name,monthlyBudget");
  for (const one of [all, some]) await write(system, one);
  expect((await textOf(ctx, all.id)).split("\n").sort()).toEqual(
    ["", "Seen,5.00,USD", "Unseen,5.00,USD", "\uFEFFBrand,Monthly budget,Currency"].sort(),
  );
  expect(await textOf(client, some.id)).toBe("\uFEFFBrand,Monthly budget,Currency\nSeen,,\n");
  await expect(downloadExport(client, all.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(downloadExport(ctx, some.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(cancelExport(client, { id: all.id })).rejects.toMatchObject({ code: "not_found" });

  const other = await createRole(ctx, { name: "Less", permissions: ["brands.read"] });
  await changeRoles(ctx, { id: userId, roles: [{ brandId: seen, role: other.id }] });
  await expect(downloadExport(await ctxOf(identity, cookie), some.id)).rejects.toMatchObject({
    code: "forbidden",
    message: "You may see less now than when this file was written.",
  });
});

test("cancelled in the middle it writes no more; an attempt that comes late neither", async () => {
  const { ctx, system } = await aTeam();
  const one = await begun(ctx);
  const seen: string[] = [];
  const slow = (during: () => Promise<unknown>) => async () => ({
    subject: {
      list: { name: "brands", title: "Brand" },
      address: "",
      filters: [],
      search: null,
      sort: null,
      words: "",
    },
    filename: "brands.csv",
    columns: [{ key: "name", label: "Brand", type: "text" as const }],
    note: null,
    noteNow: async () => null,
    about: [],
    rows: (async function* () {
      for (const name of ["first", "second", "third"]) {
        seen.push(name);
        for (let line = 0; line < 500; line++) yield [name.repeat(600)];
        if (name === "first") await during();
      }
    })(),
  });
  await writeExport(
    system,
    one.id,
    slow(() => cancelExport(ctx, { id: one.id })),
  );
  expect(await read(ctx, one)).toMatchObject({ state: "cancelled" });
  expect(seen).toEqual(["first", "second"]);
  await write(system, one);
  expect(await read(ctx, one)).toMatchObject({ state: "cancelled" });

  const two = await begun(ctx, "_columns=name");
  await writeExport(
    system,
    two.id,
    slow(() => write(system, two)),
  );
  expect(await textOf(ctx, two.id)).toBe("\uFEFFBrand\n");
});

test("what cannot be written says why, and what is over is forgotten after a week", async () => {
  const { ctx, system, agencyId } = await aTeam();
  const [refused, broken, done] = [await begun(ctx, "_columns=secret"), await begun(ctx), await begun(ctx)];
  await expect(begun(ctx)).rejects.toMatchObject({ message: "3 of your exports are not written yet." });
  await write(system, refused);
  expect(await read(ctx, refused)).toMatchObject({ state: "failed", reason: expect.stringContaining('"secret"') });
  await writeExportJob.gaveUp?.(system, { id: broken.id });
  expect(await read(ctx, broken)).toMatchObject({ state: "failed", reason: expect.stringContaining("five times") });
  await write(system, done);

  const later = aCtx(aSource(db, { clock: () => new Date("2026-11-27T12:00:01Z") }), agencyId);
  await forgetExportsTick.run(later);
  expect(await ctx.tx((tx) => tx.sql`select export_id from export_pieces`)).toEqual([]);
  const left = await later.tx((tx) => tx.sql`select id from exports`);
  expect(left.map(({ id }) => id)).toEqual([done.id]);
  expect((await downloadReceipt(ctx, done.id)).filename).toBe("brands.csv.receipt.json");
});
