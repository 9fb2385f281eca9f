import { expect, test } from "vitest";
import { chartCsv } from "./chart-files";

test("a chart's CSV has raw numbers, gaps as nothing, and says what is not final", async () => {
  const points = [
    { day: "2026-11-01", value: 1234.5 },
    { day: "2026-11-02", value: null, settled: false },
    { day: "2026-11-03", value: 7, settled: false, partial: true },
  ];
  const csv = await chartCsv([{ key: "a", label: "=Spend, all", points }], "USD").text();
  expect(csv.replace("\ufeff", "").split("\r\n")).toEqual([
    'Day,"\'=Spend, all (USD)",State',
    "2026-11-01,1234.5,final",
    "2026-11-02,,settling",
    "2026-11-03,7,partial day",
    "",
  ]);
});
