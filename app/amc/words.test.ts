import { expect, test } from "vitest";
import { hiddenWords } from "./words";

test("a little that is hidden is not nothing", () => {
  expect(hiddenWords(0, "en-GB")).toBe("nothing hidden");
  expect(hiddenWords(0.0004, "en-GB")).toBe("under 0.1%");
  expect(hiddenWords(0.123, "en-GB")).toBe("12.3%");
});
