import { expect, test } from "vitest";
import type { Answer } from "./answer";
import { flowsOf, nameOfNode, shortNames } from "./paths";

const answerOf = (rows: [string, number][]): Answer => ({
  columns: [
    { name: "path", label: "Path", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
  ],
  rows,
  chart: { kind: "sankey", path: "path", value: "buyers" },
  currency: null,
});
const named = { path: "path", value: "buyers", end: "Buyers" };

test("a path flows through its steps to the end, and equal steps are summed", () => {
  const flows = flowsOf(
    answerOf([
      ["Brand > Retarget", 5],
      ["Brand", 3],
      ["Brand > Retarget > Brand", 2],
    ]),
    named,
  );
  expect(flows).toEqual([
    { source: "1 Brand", target: "2 Retarget", value: 7 },
    { source: "2 Retarget", target: "0 Buyers", value: 5 },
    { source: "1 Brand", target: "0 Buyers", value: 3 },
    { source: "2 Retarget", target: "3 Brand", value: 2 },
    { source: "3 Brand", target: "0 Buyers", value: 2 },
  ]);
  expect(nameOfNode("2 Retarget, spring")).toBe("Retarget, spring");
});

test("what arrives at the end is what all paths hold, also where rare names are drawn as one", () => {
  const flows = flowsOf(answerOf(Array.from({ length: 20 }, (_, index) => [`Campaign ${index}`, index])), named);
  const arrived = flows.filter(({ target }) => target === "0 Buyers").reduce((sum, { value }) => sum + value, 0);
  expect(arrived).toBe(190);
  expect(new Set(flows.map(({ source }) => source)).size).toBe(8);
  expect(flows.map(({ source }) => source)).toContain("1 Others");
});

test("paths that nobody went, and rows without a path, are not drawn", () => {
  expect(
    flowsOf(
      answerOf([
        ["Brand", 0],
        ["", 4],
      ]),
      named,
    ),
  ).toEqual([]);
});

test("names lose what all of them begin with, but nothing that tells them apart", () => {
  const short = (...names: string[]) => [...shortNames(names).values()];
  expect(short("Acme | Search | A", "Acme | Search | B", "Others")).toEqual(["A", "B", "Others"]);
  expect(short("Acme | A", "Bolt | A")).toEqual(["Acme | A", "Bolt | A"]);
  expect(short("Acme | A")).toEqual(["Acme | A"]);
  expect(short("x".repeat(50), "y")).toEqual([`${"x".repeat(35)}…`, "y"]);
});

test("the more steps there are, the shorter are the names between them, down to a dozen letters", () => {
  const longest = (steps: number) =>
    shortNames(["x".repeat(50)], steps)
      .values()
      .next().value?.length;
  expect([1, 5, 10, 40].map(longest)).toEqual([36, 20, 12, 12]);
});
