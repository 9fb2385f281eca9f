import { expect, test } from "vitest";
import { dataOf } from "./chart-config";

const day = (n: number, value: number | null, settled?: boolean) => ({
  day: `2026-11-0${n}`,
  value,
  ...(settled === undefined ? {} : { settled }),
});

test("unsettled days are a part of their own that joins the settled line", () => {
  const data = dataOf("line", [{ key: "a", label: "A", points: [day(1, 1), day(2, 2), day(3, 3, false)] }]);
  expect(data.map(({ day, stage }) => [day, stage])).toEqual([
    ["2026-11-01", "settled"],
    ["2026-11-02", "settled"],
    ["2026-11-02", "unsettled"],
    ["2026-11-03", "unsettled"],
  ]);
});

test("a day that is not over is a part of its own, and says so", () => {
  const points = [day(1, 1), { ...day(2, 2, false), partial: true }];
  const data = dataOf("line", [{ key: "a", label: "A", points }]);
  expect(data.map(({ day, stage, words }) => [day, stage, words])).toEqual([
    ["2026-11-01", "settled", ""],
    ["2026-11-01", "partial", ""],
    ["2026-11-02", "partial", " (partial day)"],
  ]);
});

test("in a column chart no day is drawn twice", () => {
  const data = dataOf("column", [{ key: "a", label: "A", points: [day(1, 1), day(2, 2, false)] }]);
  expect(data).toHaveLength(2);
});

test("a day without data stays a gap", () => {
  expect(dataOf("line", [{ key: "a", label: "A", points: [day(1, 1), day(2, null), day(3, 3)] }])[1]?.value).toBeNull();
});
