import { expect, test } from "vitest";
import { type ListShape, PageDefinition as Page, type PageDefinition, problemsOfPage } from "./contract";

const list: ListShape = {
  fields: [
    { key: "name", sortable: true },
    { key: "state", sortable: false },
  ],
  filters: [
    { key: "name", kind: "text" },
    { key: "state", kind: "enum", values: [{ value: "on" }, { value: "off" }] },
    { key: "createdAt", kind: "date" },
  ],
};
const action = "0f9619ff-8b86-4011-b42d-00c04fc964ff";
const around = {
  list,
  lists: ["brands", "campaigns"],
  actions: [{ id: action, resource: "campaigns" }],
  roles: ["ops"],
};
const aPage = (over: Partial<PageDefinition> = {}): PageDefinition => ({
  slug: "paused",
  title: "Paused",
  description: "",
  resource: "campaigns",
  columns: ["name", "state"],
  filters: [{ field: "state", operator: "eq", values: ["off"] }],
  sort: { field: "name", order: "asc" },
  actions: [action],
  seenBy: { permission: null, roles: ["ops"] },
  menu: "main",
  ...over,
});

test("a page that fits its list has no problems", () => {
  expect(Page.safeParse(aPage()).success).toBe(true);
  expect(problemsOfPage(aPage(), around)).toEqual({});
});

const faults: [string, Partial<PageDefinition>, Record<string, string>][] = [
  [
    "an unknown column",
    { columns: ["name", "cost"] },
    { "columns.1": "There is no such column. There are: name, state." },
  ],
  ["a column named twice", { columns: ["name", "name"] }, { "columns.1": "name is named twice." }],
  [
    "an unknown filter",
    { filters: [{ field: "cost", operator: "eq", values: ["1"] }] },
    { "filters.0.field": "There is no such filter. There are: name, state, createdAt." },
  ],
  [
    "a value that the filter does not know",
    { filters: [{ field: "state", operator: "eq", values: ["on", "broken"] }] },
    { "filters.0.values.1": "state: must be one of: on, off." },
  ],
  [
    "a comparison that the filter does not take",
    { filters: [{ field: "name", operator: "gte", values: ["a"] }] },
    { "filters.0.operator": "name: this comparison is not possible on this field." },
  ],
  [
    "a day that is none",
    { filters: [{ field: "createdAt", operator: "gte", values: ["soon"] }] },
    { "filters.0.values.0": "createdAt: must be a date such as 2026-11-20." },
  ],
  [
    "an order that the list does not know",
    { sort: { field: "state", order: "asc" } },
    { "sort.field": "There is no such field to sort by. There are: name." },
  ],
  ["an action of another list", { resource: "brands" }, { "actions.0": "This action is for campaigns." }],
  [
    "a role that is none",
    { seenBy: { permission: null, roles: ["boss"] } },
    { "seenBy.roles.0": "There is no such role." },
  ],
];

test.each(faults)("%s is told at its place", (_, over, problems) => {
  expect(problemsOfPage(aPage(over), around)).toEqual(problems);
});

test("an unknown list is told with those there are", () => {
  expect(problemsOfPage(aPage(), { ...around, list: null })).toEqual({
    resource: "There is no such list. There are: brands, campaigns.",
  });
});

test.each(["Paused", "a--b", "-a", "a b", "", "0f9619ff-8b86-4011-b42d-00c04fc964ff"])(
  "%j is no address of a page",
  (slug) => {
    expect(Page.safeParse(aPage({ slug })).success).toBe(false);
  },
);
