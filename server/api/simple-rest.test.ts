import { expect, test } from "vitest";
import { AppError } from "../core/errors";
import type { ListSpec } from "../core/resource";
import { parseListQuery } from "./simple-rest";

const spec: ListSpec<unknown> = {
  permission: "things.read",
  filter: { brandId: "id", name: "text", state: ["on", "off"], at: "date", live: "boolean" },
  sort: ["name"],
  search: true,
  run: async () => ({ items: [], total: 0 }),
};
const parse = (query: string) => parseListQuery(new URLSearchParams(query), spec);
const fieldOf = (query: string) => {
  try {
    parse(query);
    return null;
  } catch (error) {
    return error instanceof AppError && error.code === "malformed" ? Object.keys(error.fields ?? {})[0] : "other";
  }
};

test("window, sort, filters and search are read from simple-rest's parameters", () => {
  expect(
    parse("_start=50&_end=75&_sort=name&_order=DESC&brandId=a&brandId=b&name_like=x&at_gte=2026-11-01&q=%20acme%20"),
  ).toEqual({
    start: 50,
    limit: 25,
    sort: { field: "name", order: "desc" },
    filters: [
      { field: "brandId", operator: "eq", values: ["a", "b"] },
      { field: "name", operator: "like", values: ["x"] },
      { field: "at", operator: "gte", values: ["2026-11-01"] },
    ],
    search: "acme",
  });
});

test("nothing asked gives the first page", () => {
  expect(parse("")).toEqual({ start: 0, limit: 25, sort: null, filters: [], search: null });
});

test.each([
  ["_start=-1", "_start"],
  ["_start=5&_end=5", "_end"],
  ["_end=100000", "_end"],
  ["_sort=secret", "_sort"],
  ["_sort=name&_order=up", "_order"],
  ["nope=1", "nope"],
  ["brandId_like=1", "brandId_like"],
  ["state=maybe", "state"],
  ["live=1", "live"],
  ["at=yesterday", "at"],
  ["_page=2", "_page"],
  ["constructor=1", "constructor"],
  ["toString_like=1", "toString_like"],
  ["q=%00", "q"],
  ["name=%00", "name"],
])("%s is refused and the parameter named", (query, field) => {
  expect(fieldOf(query)).toBe(field);
});
