import { expect, test } from "vitest";
import { diffLines } from "./line-diff";

const marks = { same: " ", added: "+", removed: "-" };
const drawn = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${marks[kind]}${text}`);

test("lines that stay are kept, others are taken away before theirs are added", () => {
  expect(drawn("SELECT a\nFROM t\nWHERE x = 1", "SELECT a\nFROM t\nWHERE x = 2\nGROUP BY 1")).toEqual([
    " SELECT a",
    " FROM t",
    "-WHERE x = 1",
    "+WHERE x = 2",
    "+GROUP BY 1",
  ]);
});

test("equal texts have no change, and each side can be read back", () => {
  expect(diffLines("a\nb", "a\nb").every(({ kind }) => kind === "same")).toBe(true);
  const [before, after] = ["a\nb\nc\nd", "b\nx\nd\ne"];
  const lines = diffLines(before, after);
  const side = (left: "added" | "removed") =>
    lines
      .filter(({ kind }) => kind !== left)
      .map(({ text }) => text)
      .join("\n");
  expect(side("added")).toBe(before);
  expect(side("removed")).toBe(after);
});
