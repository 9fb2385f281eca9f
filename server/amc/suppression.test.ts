import { expect, test } from "vitest";
import { describeColumns, readersFor } from "./result-columns";
import { SuppressionLedger } from "./suppression";

const columns = describeColumns(
  ["campaign", "city", "users", "rate"],
  [
    { name: "users", label: "Users", unit: "users" },
    { name: "rate", label: "Rate", unit: "share" },
  ],
  [],
);

test("what is hidden is told by measure, dimension and reason", () => {
  const ledger = new SuppressionLedger(columns, true);
  const shown = { isHidden: false, reason: null };
  ledger.add(["A", "Bonn", 150, 0.5], shown);
  ledger.add(["A", "Ulm", 50, 0.1], shown);
  const reason = "97 'dsp_impressions' users < 100 required";
  ledger.add(["A", null, 40, null], { isHidden: true, reason });
  ledger.add([null, null, 10, null], { isHidden: true, reason });
  expect(ledger.end()).toEqual({
    known: true,
    shownRows: 2,
    hiddenRows: 2,
    measures: [{ column: "users", shown: 200, hidden: 50, share: 0.2 }],
    dimensions: [
      { column: "city", rows: 2 },
      { column: "campaign", rows: 1 },
    ],
    reasons: [{ text: reason, rows: 2 }],
    coarsen: ["city", "campaign"],
  });
});

test("without the ledger's columns nothing is claimed", () => {
  const ledger = new SuppressionLedger(columns, false);
  ledger.add(["A", null, 40, null], { isHidden: false, reason: null });
  expect(ledger.end()).toMatchObject({ known: false, measures: [{ share: null }], coarsen: [] });
});

test("numbers are read as numbers unless they would lose digits, and flags as flags", () => {
  const typed = [
    { name: "id", dataType: "LONG", columnType: "DIMENSION" },
    { name: "sales", dataType: "DECIMAL", columnType: "METRIC" },
    { name: "new", dataType: "BOOLEAN", columnType: "DIMENSION" },
    { name: "name", dataType: "STRING", columnType: "DIMENSION" },
  ];
  const names = typed.map(({ name }) => name);
  const described = describeColumns(names, [], typed);
  expect(described.map(({ unit, measure }) => [unit, measure])).toEqual([
    ["text", false],
    ["number", true],
    ["flag", false],
    ["text", false],
  ]);
  const read = readersFor(described, typed);
  const cells = ["590000000000000001", "12.3400", "true", "007"];
  expect(cells.map((cell, index) => read[index]?.(cell))).toEqual(["590000000000000001", 12.34, true, "007"]);
  expect(read.map((reader) => reader(null))).toEqual([null, null, null, null]);
});
