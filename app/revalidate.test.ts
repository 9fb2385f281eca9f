import { expect, test } from "vitest";
import { keepsLoader } from "./revalidate";

const asked = (from: string, to: string, formMethod?: string) =>
  keepsLoader("brand")({
    currentUrl: new URL(from, "http://t.test"),
    nextUrl: new URL(to, "http://t.test"),
    defaultShouldRevalidate: true,
    ...(formMethod ? { formMethod } : {}),
  } as Parameters<ReturnType<typeof keepsLoader>>[0]);

test("sorting or paging a list does not run its loader again", () => {
  expect(asked("/campaigns?brand=a", "/campaigns?brand=a&currentPage=2")).toBe(false);
});

test("another brand, a write or a plain revalidation does", () => {
  expect(asked("/campaigns?brand=a", "/campaigns?brand=b")).toBe(true);
  expect(asked("/campaigns?currentPage=1", "/campaigns?currentPage=2", "POST")).toBe(true);
  expect(asked("/campaigns?brand=a", "/campaigns?brand=a")).toBe(true);
});

test("following the link of a list from within it starts it anew", () => {
  expect(asked("/campaigns?brand=a&currentPage=4", "/campaigns?brand=a")).toBe(true);
});
