import { expect, test } from "vitest";
import { parsePlace, targetOf } from "./router";

const resources = [
  { name: "campaigns", list: "/campaigns", show: "/campaigns/:id" },
  { name: "brands", list: "/brands", show: "/brands/:id", edit: "/brands/:id/edit" },
];
const from = { pathname: "/campaigns", search: "?brand=b1&sorters[0][field]=name&sorters[0][order]=asc", hash: "#top" };

test("a list's place says its resource, page and filters", () => {
  const search =
    "?currentPage=2&pageSize=50&filters[0][field]=q&filters[0][operator]=contains&filters[0][value]=caf%C3%A9";
  const parsed = parsePlace({ pathname: "/campaigns", search }, resources);
  expect(parsed).toMatchObject({ resource: { name: "campaigns" }, action: "list", pathname: "/campaigns" });
  expect(parsed.params).toMatchObject({
    currentPage: 2,
    pageSize: 50,
    filters: [{ field: "q", operator: "contains", value: "café" }],
  });
});

test("a page number that is none is left to the list's default", () => {
  const { params } = parsePlace({ pathname: "/campaigns", search: "?currentPage=abc&pageSize=-5" }, resources);
  expect(params).toMatchObject({ currentPage: undefined, pageSize: undefined });
});

test("the id is known even in the layout, where the route has no params", () => {
  expect(parsePlace({ pathname: "/brands/b%2F7/edit", search: "" }, resources)).toMatchObject({
    resource: { name: "brands" },
    action: "edit",
    id: "b/7",
  });
});

test("more than twenty values of a filter stay a list", () => {
  const search = Array.from({ length: 30 }, (_, i) => `filters[0][value][${i}]=v${i}`).join("&");
  const { params } = parsePlace({ pathname: "/campaigns", search: `?filters[0][field]=id&${search}` }, resources);
  expect(params?.filters?.[0]?.value).toHaveLength(30);
});

test("going somewhere drops the query unless it is to be kept", () => {
  expect(targetOf({ to: "/brands" }, from)).toBe("/brands");
  expect(targetOf({ query: { currentPage: 2 }, options: { keepQuery: true } }, from)).toBe(
    "/campaigns?brand=b1&sorters[0][field]=name&sorters[0][order]=asc&currentPage=2",
  );
  expect(targetOf({ hash: "days", options: { keepHash: true } }, from)).toBe("/campaigns#days");
});

test("values in a target are escaped", () => {
  expect(targetOf({ to: "/campaigns", query: { q: "a&b=c", none: null } }, from)).toBe("/campaigns?q=a%26b%3Dc");
});
