import { expect, test } from "vitest";
import { verifyOrigin } from "./origin";

const own = "https://tidemark.example.com";

test("a form of our own page is accepted", () => {
  expect(verifyOrigin({ origin: own, "sec-fetch-site": "same-origin" }, own)).toBe(true);
  expect(verifyOrigin({ origin: own }, own)).toBe(true);
});

test.each([
  {},
  { origin: "null" },
  { origin: "https://evil.example" },
  { origin: "http://tidemark.example.com" },
  { origin: "https://tidemark.example.com:8443" },
  { origin: "https://other.tidemark.example.com", "sec-fetch-site": "same-site" },
  { origin: own, "sec-fetch-site": "cross-site" },
])("%o is refused", (headers) => {
  expect(verifyOrigin(headers, own)).toBe(false);
});

test("on one's own machine localhost and 127.0.0.1 are the same place, another port is not", () => {
  expect(verifyOrigin({ origin: "http://127.0.0.1:3000" }, "http://localhost:3000")).toBe(true);
  expect(verifyOrigin({ origin: "http://127.0.0.1:4000" }, "http://localhost:3000")).toBe(false);
  expect(verifyOrigin({ origin: "http://localhost:3000" }, own)).toBe(false);
});
