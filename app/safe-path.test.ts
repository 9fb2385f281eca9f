import { expect, test } from "vitest";
import { safeInternalPath } from "./safe-path";

const here = "http://tidemark.test/sign-in";

test("after sign-in one lands where one wanted to go", () => {
  expect(safeInternalPath("/campaigns?brand=b1#top", here)).toBe("/campaigns?brand=b1#top");
});

test.each([
  null,
  "",
  "campaigns",
  "//evil.test",
  "/\\evil.test",
  "/\t/evil.test",
  "https://evil.test",
  "javascript:alert(1)",
])("%s leads to Home, not to another site", (to) => expect(safeInternalPath(to, here)).toBe("/"));
