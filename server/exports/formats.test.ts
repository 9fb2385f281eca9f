import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import type { FormatId } from "./contract";
import { type Cell, type FileColumn, formats } from "./formats";
import { measureFile } from "./measure-file";

const columns: FileColumn[] = [
  { key: "name", label: "Name", type: "text" },
  { key: "count", label: "Count", type: "integer" },
  { key: "rate", label: "Rate", type: "percent" },
  { key: "spend", label: "Spend", type: "money" },
  { key: "currency", label: "Currency", type: "text" },
  { key: "day", label: "Day", type: "date" },
  { key: "at", label: "At", type: "moment" },
  { key: "on", label: "On", type: "boolean" },
];

/** What a spreadsheet might run, or break at. */
const hostile = [
  "=1+1",
  "+1",
  "-1+1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠x",
  '=cmd|" /C calc"!A0',
  'a,"b"\n=2+2',
  "<v>1</v>&amp;",
  "_x0041_",
  "bell\u0007",
  "\uD800 half",
  "名前",
];
const rowOf = (name: string): Cell[] => [
  name,
  -7,
  0.1234,
  "-12500001",
  "USD",
  "2026-11-20",
  "2026-11-20T12:30:00.000Z",
  true,
];
const nothing: Cell[] = [null, null, null, null, null, null, null, null];

async function* each(rows: readonly Cell[][]) {
  yield* rows;
}

async function written(format: FormatId, rows = [...hostile.map(rowOf), nothing]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of formats[format].write(columns, each(rows), [["List", "=Brands"]])) pieces.push(piece);
  return Buffer.concat(pieces);
}

const sheetOf = (file: Buffer, sheet = 1) =>
  strFromU8(unzipSync(file)[`xl/worksheets/sheet${sheet}.xml`] ?? new Uint8Array());

test("a CSV holds no text that a spreadsheet would run, and numbers stay numbers", async () => {
  const lines = (await written("csv")).toString("utf8").split("\n");
  expect(lines[0]).toBe("\uFEFFName,Count,Rate,Spend,Currency,Day,At,On");
  expect(lines[1]).toBe("'=1+1,-7,0.1234,-12.500001,USD,2026-11-20,2026-11-20T12:30:00.000Z,true");
  expect(lines.at(-2)).toBe(",,,,,,,");
});

test("an Excel sheet has typed cells and not one formula, whatever a text begins with", async () => {
  const file = await written("xlsx");
  const sheet = sheetOf(file);
  expect(sheet + sheetOf(file, 2)).not.toMatch(/<f[ >]/);
  expect(sheet).toContain('<c r="A2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(sheet).toContain('<c r="B2" s="1"><v>-7</v></c>');
  expect(sheet).toContain('<c r="D2" s="2"><v>-12.500001</v></c>');
  expect(sheet).toContain('<c r="F2" s="4"><v>46346</v></c>');
  expect(sheet).toMatch(/<v>46346\.52083333\d*<\/v>/);
  expect(sheet).toContain('t="b"><v>1</v>');
  expect(sheet).toContain("_x005F_x0041_");
  expect(sheet).toContain("bell_x0007_");
  expect(sheet).toContain("&lt;v&gt;1&lt;/v&gt;&amp;amp;");
  expect(sheetOf(file, 2)).toContain("=Brands");
});

test("a cell longer than Excel's is cut and says so; the same content makes the same bytes", async () => {
  const rows = [rowOf("x".repeat(40_000))];
  expect(sheetOf(await written("xlsx", rows))).toContain("(cut: a cell of Excel holds 32,767 characters");
  for (const format of ["csv", "xlsx", "parquet"] as const) {
    expect((await written(format)).equals(await written(format))).toBe(true);
  }
});

test("a Parquet file has the types of its columns, money to the micro", async () => {
  const rows = await parquetReadObjects({ file: arrayOf(await written("parquet")) });
  expect(rows).toHaveLength(hostile.length + 1);
  expect(rows[0]).toEqual({
    name: "=1+1",
    count: -7n,
    rate: 0.1234,
    spend: -12.500001,
    currency: "USD",
    day: new Date("2026-11-20T00:00:00Z"),
    at: new Date("2026-11-20T12:30:00Z"),
    on: true,
  });
  expect(Object.values(rows.at(-1) ?? {}).every((value) => value === null || value === undefined)).toBe(true);
  expect(await parquetReadObjects({ file: arrayOf(await written("parquet", [])) })).toEqual([]);
});

const arrayOf = (file: Buffer): ArrayBuffer => new Uint8Array(file).buffer;

test("what was sent is counted and hashed, all of it and by the mebibyte", async () => {
  const source = { columns, about: [], rows: each(Array.from({ length: 20_000 }, (_, n) => rowOf(`row ${n}`))) };
  const file = measureFile(source, "csv");
  let bytes = 0;
  for await (const piece of file.bytes) bytes += piece.length;
  const { rows, blocks, ...measured } = file.end();
  expect({ rows, bytes: measured.bytes, blocks: blocks.length }).toEqual({
    rows: 20_000,
    bytes,
    blocks: Math.ceil(bytes / 2 ** 20),
  });
});

const soffice = spawnSync("soffice", ["--version"]).status === 0;

test.skipIf(!soffice)("no formula cell survives LibreOffice (only where soffice is installed)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-office-"));
  try {
    for (const format of ["csv", "xlsx"] as const) {
      const file = join(folder, `file.${format}`);
      writeFileSync(file, await written(format));
      execFileSync("soffice", ["--headless", "--convert-to", "fods", "--outdir", folder, file], { stdio: "ignore" });
      expect(readFileSync(join(folder, "file.fods"), "utf8")).not.toContain("table:formula");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
