import { expect, test } from "vitest";
import { activeBrandOf, carriedTo, placeOfBrand } from "./place";

const query = (text: string) => new URLSearchParams(text);

test("the active brand is in the path of its page, else in the query", () => {
  expect(activeBrandOf("/brands/b%201/settings", query("brand=other"))).toBe("b 1");
  expect(activeBrandOf("/campaigns", query("brand=b2"))).toBe("b2");
  expect(activeBrandOf("/campaigns", query(""))).toBeNull();
});

test("brand and range go along to another page, filters do not", () => {
  expect(carriedTo("/campaigns", "/brands/b1", query("range=last-7-days&currentPage=3"))).toBe(
    "/campaigns?brand=b1&range=last-7-days",
  );
  expect(carriedTo("/", "/campaigns", query(""))).toBe("/");
});

test("choosing a brand stays on the page and returns to the first rows", () => {
  expect(placeOfBrand("b2", "/campaigns", query("brand=b1&currentPage=4&cols=spend"))).toBe(
    "/campaigns?cols=spend&brand=b2",
  );
  expect(placeOfBrand(null, "/campaigns", query("brand=b1"))).toBe("/campaigns");
  expect(placeOfBrand("b2", "/brands/b1", query("range=yesterday"))).toBe("/brands/b2?range=yesterday");
  expect(placeOfBrand(null, "/brands/b1", query(""))).toBe("/brands");
  expect(placeOfBrand("b2", "/rows", query("campaign=a:1&metric=spend"))).toBe("/rows?metric=spend&brand=b2");
});
