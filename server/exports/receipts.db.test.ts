import { expect, test } from "vitest";
import { callApi } from "../../tests/support/api-call";
import { aCtx, aSource } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { anAgencyWithOwner, anIdentity, auditedActions, signedIn } from "../../tests/support/people";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { downloadReceipt } from "./download-export";
import { listExports } from "./list-exports";
import type { HeldFile, Receipt } from "./manifest-contract";
import { FileHash } from "./measure-file";
import { checkReceipt } from "./receipt";
import { verifyFile } from "./verify-file";

const { db } = testDatabase();
const identity = anIdentity(db);

async function aPerson() {
  const { email } = await anAgencyWithOwner(identity);
  const { ctx } = await signedIn(identity, email);
  await ctx.tx(
    (tx) =>
      tx.sql`insert into brands (agency_id, name) values (${ctx.agencyId}, '=First'), (${ctx.agencyId}, 'Second')`,
  );
  return ctx;
}

async function fetched(ctx: Ctx, path: string) {
  const answer = await callApi(ctx, path);
  return { answer, file: answer.bytes };
}

const held = (file: Buffer): HeldFile => {
  const hash = new FileHash();
  hash.add(file);
  return hash.end();
};

async function receiptOf(ctx: Ctx, path: string | undefined): Promise<Receipt> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await downloadReceipt(ctx, String(path?.split("/").at(-1)))).bytes) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString("utf8"));
}

test("a file that is sent at once leaves a receipt: who, what, which rows, and the hash of every byte", async () => {
  const ctx = await aPerson();
  const { answer, file } = await fetched(
    ctx,
    "brands/export?_columns=name&_sort=name&_order=desc&archived=false&_format=csv",
  );
  expect(file.toString("utf8")).toBe("\uFEFFBrand\nSecond\n'=First\n");
  const { manifest, ...signed } = await receiptOf(ctx, answer.headers["x-receipt"]);
  expect(manifest).toMatchObject({
    by: { name: expect.any(String) },
    list: { name: "brands", title: "Brand" },
    words: "Archived is false; By Brand, highest first",
    rows: 2,
    columns: [{ key: "name", label: "Brand", type: "text" }],
    numbers: null,
    file: { bytes: file.length, sha256: held(file).sha256, format: "csv" },
  });
  const { items } = await ctx.tx((tx) => listExports(tx, wholeList()));
  expect(items).toMatchObject([{ state: "done", kept: false, sha256: manifest.file.sha256, rows: 2 }]);
  expect(await auditedActions(ctx)).toEqual(expect.arrayContaining(["list.exported", "export.sent"]));

  expect(await verifyFile(ctx, { file: held(file) })).toMatchObject({ outcome: "whole", problems: [] });
  expect(await verifyFile(ctx, { receipt: { manifest, ...signed } })).toMatchObject({ outcome: "signed" });
  const other = await aPerson();
  expect(await verifyFile(other, { file: held(file) })).toMatchObject({ outcome: "unknown", manifest: null });
});

test("of another person's file only list, time and hash are told, and nothing where it has no rows", async () => {
  const ctx = await aPerson();
  const { file } = await fetched(ctx, "brands/export?_columns=name&archived=false");
  const { file: empty } = await fetched(ctx, "brands/export?_columns=name&archived=true");
  const colleague = aCtx(aSource(db, { services: ctx.services }), ctx.agencyId, {
    memberships: [{ brandId: null, role: "analyst" }],
  });
  expect(await verifyFile(ctx, { file: held(empty) })).toMatchObject({ outcome: "whole", manifest: { rows: 0 } });
  expect(await verifyFile(colleague, { file: held(empty) })).toMatchObject({ outcome: "unknown", manifest: null });
  expect(await verifyFile(colleague, { file: held(file) })).toEqual({
    outcome: "whole",
    problems: [],
    manifest: null,
    others: { list: "Brand", at: expect.any(String), sha256: held(file).sha256 },
  });
});

test("one altered byte, a cut end, an altered receipt and a foreign key are each named", async () => {
  const ctx = await aPerson();
  const { answer, file } = await fetched(ctx, "brands/export?_columns=name");
  const receipt = await receiptOf(ctx, answer.headers["x-receipt"]);
  const changed = Buffer.from(file);
  changed[changed.length - 3] = 0x58;
  const check = async (input: { file?: HeldFile; receipt: unknown }) => {
    const { outcome, problems } = await verifyFile(ctx, input);
    return [outcome, ...problems].join(" ");
  };
  expect(await check({ file: held(changed), receipt })).toMatch(/differs The SHA-256 of the file is .* first differs/);
  expect(await check({ file: held(file.subarray(0, -5)), receipt })).toMatch(/5 fewer than the \d+ that were written/);
  const { manifest } = receipt;
  const forged = { ...receipt, manifest: { ...manifest, rows: 3 } };
  expect(await check({ file: held(file), receipt: forged })).toMatch(/not as it was signed/);
  expect(await check({ file: held(file), receipt: { ...receipt, keyId: "0".repeat(16) } })).toMatch(
    /not this installation's/,
  );
  expect(await check({ receipt: { any: "thing" } })).toMatch(/no receipt of an export/);

  // Without a database, by the receipt's own key.
  const offline = await checkReceipt({ receipt, file: held(file), believe: (_, given) => given });
  expect(offline.outcome).toBe("whole");
});

test("Excel says before the first byte that a list is too long for it, and every format is offered for every list", async () => {
  const ctx = await aPerson();
  for (const format of ["xlsx", "parquet"]) {
    const { answer, file } = await fetched(ctx, `brands/export?_format=${format}`);
    expect([answer.status, file.subarray(0, 2).toString()]).toEqual([200, format === "xlsx" ? "PK" : "PA"]);
  }
  const { answer, file } = await fetched(ctx, "brands/export?_format=pdf");
  expect([answer.status, file.toString()]).toEqual([
    400,
    expect.stringContaining("must be one of: csv, xlsx, parquet"),
  ]);
});
