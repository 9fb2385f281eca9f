import fc from "fast-check";
import { expect, test } from "vitest";
import { UnexpectedShape } from "../errors";
import { parseJson } from "../json";
import { type RowBatch, splitRows } from "./split-rows";

async function* cutAt(bytes: Uint8Array, cuts: number[]): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function read(text: string, cuts: number[] = [], limits?: { rowsPerBatch: number; bytesPerBatch: number }) {
  const batches: RowBatch[] = [];
  const all = limits && { bytesPerRow: 1 << 20, ...limits };
  for await (const batch of splitRows(cutAt(Buffer.from(text), cuts), all)) batches.push(batch);
  return {
    rows: batches.flatMap((batch) => batch.rows),
    rejected: batches.flatMap((batch) => batch.rejected),
    sizes: batches.map((batch) => batch.rows.length),
  };
}

const aRow = fc.dictionary(
  fc.string({ maxLength: 8 }).filter((key) => key !== "__proto__"),
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("},{", '"},{"', "\\", '\\"', "[[]", "}", "12345678901234567890"),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.array(
      fc.dictionary(
        fc.string({ maxLength: 3 }).filter((key) => key !== "__proto__"),
        fc.boolean(),
      ),
      { maxLength: 3 },
    ),
  ),
  { maxKeys: 6 },
);

const aLimit = fc.record({
  rowsPerBatch: fc.integer({ min: 1, max: 5 }),
  bytesPerBatch: fc.integer({ min: 1, max: 200 }),
});

test("any array of objects gives the same rows, wherever its bytes are cut and however it is batched", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aRow, { maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      aLimit,
      fc.constantFrom(undefined, 1, "\t"),
      async (rows, cuts, limits, indent) => {
        const text = JSON.stringify(rows, null, indent);
        const result = await read(text, cuts, limits);
        expect(result.rows).toEqual(parseJson(text));
        expect(result.rejected).toEqual([]);
        expect(Math.max(0, ...result.sizes)).toBeLessThanOrEqual(limits.rowsPerBatch);
      },
    ),
    { numRuns: 1000 },
  );
});

test("any file cut short is refused, and no row is made up", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aRow, { minLength: 1, maxLength: 6 }), fc.nat(), aLimit, async (rows, at, limits) => {
      const whole = Buffer.from(JSON.stringify(rows));
      const seen: unknown[] = [];
      const reading = (async () => {
        const source = cutAt(whole.subarray(0, at % whole.length), [at * 7, at * 3]);
        for await (const batch of splitRows(source, { bytesPerRow: 1 << 20, ...limits })) seen.push(...batch.rows);
      })();
      await expect(reading).rejects.toBeInstanceOf(UnexpectedShape);
      expect(seen).toEqual((parseJson(whole.toString()) as unknown[]).slice(0, seen.length));
    }),
    { numRuns: 500 },
  );
});

test("a byte order mark, spaces and an empty array are fine", async () => {
  expect((await read("\uFEFF  \n[ \n ] \n")).rows).toEqual([]);
  expect((await read('\uFEFF [ {"a":1} ] \r\n', [1, 2, 4])).rows).toEqual([{ a: 1 }]);
});

const small = { rowsPerBatch: 3, bytesPerBatch: 20 };

test("a spoilt row is handed over with its place and text, and its neighbours still come", async () => {
  const text = '[{"a":1},{"a":nope},{"a":2}},null,[1],7,"x",{"a":"\u0001"},{"a":3},,{"a":4}]'.replace(
    "\\u0001",
    "\u0001",
  );
  for (const limits of [small, undefined]) {
    const result = await read(text, [5, 11, 30], limits);
    expect(result.rows).toEqual([{ a: 1 }, { a: 3 }, { a: 4 }]);
    expect(result.rejected.map(({ index, text, reason }) => [index, text, reason])).toEqual([
      [1, '{"a":nope}', "not valid JSON"],
      [2, '{"a":2}}', "not valid JSON"],
      [3, "null", "not a JSON object"],
      [4, "[1]", "not a JSON object"],
      [5, "7", "not a JSON object"],
      [6, '"x"', "not a JSON object"],
      [7, '{"a":"\u0001"}', "not valid JSON"],
      [9, "", "not valid JSON"],
    ]);
  }
});

test("a spoilt row in a long file costs that row only", async () => {
  const rows = Array.from({ length: 50_000 }, (_, index) =>
    JSON.stringify({ index, name: `row ${index} },{ "quoted"` }),
  );
  rows[31_234] = '{"index":31234,"name":oops}';
  const result = await read(`[${rows.join(",\n")}]`, [1_000_000, 1_000_001, 2_500_000]);
  expect(result.rows).toHaveLength(49_999);
  expect(result.rejected).toEqual([{ index: 31_234, text: rows[31_234], reason: "not valid JSON" }]);
  expect(result.rows.at(-1)).toEqual({ index: 49_999, name: 'row 49999 },{ "quoted"' });
});

test("ids beyond 2^53 in rows keep every digit", async () => {
  const result = await read(
    '[{"orderId":590000000000000001,"cost":1.2345678901234567},{"orderId":"590000000000000002"}]',
  );
  expect(result.rows).toEqual([
    { orderId: "590000000000000001", cost: 1.2345678901234567 },
    { orderId: "590000000000000002" },
  ]);
});

test("the text of a rejected row is cut at 500 characters", async () => {
  const result = await read(`[{"a":${"x".repeat(2000)}}]`);
  expect(result.rejected[0]?.text).toHaveLength(500);
});

test.each([
  ["an error document", "<?xml version='1.0'?><Error/>"],
  ["an object", '{"rows":[]}'],
  ["nothing", ""],
  ["two arrays", '[{"a":1}][{"a":2}]'],
  ["an array closed early", '[{"a":1}],{"a":2}]'],
  ["an open string", '[{"a":"1},{"a":"2}'],
])("a file that holds %s is refused", async (_, text) => {
  await expect(read(text)).rejects.toBeInstanceOf(UnexpectedShape);
  await expect(read(text, [1, 3, 9], small)).rejects.toBeInstanceOf(UnexpectedShape);
});

test("a quote that never ends stops the reading instead of filling memory", async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('[{"a":"');
    for (let chunk = 0; chunk < 10_000; chunk++) yield Buffer.alloc(64 * 1024, "x");
    throw new Error("it read on");
  }
  const reading = (async () => {
    for await (const _ of splitRows(endless())) throw new Error("it made up a row");
  })();
  await expect(reading).rejects.toThrow("longer than");
});
