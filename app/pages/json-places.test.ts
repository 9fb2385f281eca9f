import { expect, test } from "vitest";
import { lineOf, readJson } from "./json-places";

const text = `{
  "title": "A \\"quoted\\", {odd} title",
  "columns": [
    "name",
    "state"
  ],
  "filters": [{ "field": "state",
      "values": ["on"] }],
  "sort": null, "menu": "main"
}`;

test("each part is found at its line", () => {
  const read = readJson(text);
  const lines = "lines" in read ? read.lines : new Map<string, number>();
  expect(read).toMatchObject({ value: JSON.parse(text) });
  expect(Object.fromEntries(lines)).toEqual({
    "": 1,
    title: 2,
    columns: 3,
    "columns.0": 4,
    "columns.1": 5,
    filters: 7,
    "filters.0": 7,
    "filters.0.field": 7,
    "filters.0.values": 8,
    "filters.0.values.0": 8,
    sort: 9,
    menu: 9,
  });
  expect(lineOf(lines, "filters.0.values.3")).toBe(8);
  expect(lineOf(lines, "slug")).toBe(1);
});

test("what is no JSON object is told with its line", () => {
  expect(readJson("[]")).toEqual({ line: 1, why: "This must be an object, in curly brackets." });
  expect(readJson('{\n  "a": 1,\n  "b": }\n')).toMatchObject({ line: 3 });
  expect(readJson('{\n  "a": 1')).toMatchObject({ line: 2 });
  expect(readJson('{\n  "a": 1\n  "b": 2\n}')).toMatchObject({ line: 3 });
  expect(readJson('{\n  "a": 01 }')).toMatchObject({ line: 2 });
  expect(readJson('{ "a": "x }\n')).toMatchObject({ line: 1 });
  expect(readJson("{}\n\n{}")).toMatchObject({ line: 3 });
  expect(readJson('{ "a": [1,\n] }')).toMatchObject({ line: 2 });
  expect(readJson("")).toMatchObject({ line: 1 });
});
