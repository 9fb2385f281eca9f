import { expect, test } from "vitest";
import { findBuiltIn } from "./find-template";
import { markMoney, withoutMoney } from "./money-columns";
import { describeColumns } from "./result-columns";
import type { OutputColumn } from "./template-contract";

const template = findBuiltIn("reach-and-frequency");
if (!template) throw new Error("reach-and-frequency is built in");
const { sql, columns } = template.definition;
const typed = [
  { name: "campaign", dataType: "STRING", columnType: "DIMENSION" },
  { name: "users", dataType: "LONG", columnType: "METRIC" },
  { name: "label", dataType: "STRING", columnType: "METRIC" },
];
const names = typed.map(({ name }) => name);

test("of a built-in question the columns that it calls money are money, and no others", () => {
  const described = describeColumns(
    columns.map(({ name }) => name),
    columns,
    [],
  );
  const marked = markMoney(described, { templateId: template.id, question: { sql } }, []);
  expect(marked.filter(({ noMoney }) => !noMoney).map(({ name }) => name)).toEqual(["sales", "cost"]);
});

test.each([
  ["SQL of one's own", null, "SELECT campaign, SUM(total_cost) AS users FROM dsp_impressions GROUP BY 1"],
  ["a built-in question that was changed", "reach-and-frequency", `${sql} `],
])("%s hides every figure, whatever its columns are said to be", (_, templateId, own) => {
  const said: OutputColumn[] = names.map((name) => ({ name, label: name, unit: name === "users" ? "users" : "text" }));
  const marked = markMoney(describeColumns(names, said, typed), { templateId, question: { sql: own } }, typed);
  expect(withoutMoney(marked, ["A", 120, "cost 120"])).toEqual(["A", null, null]);
});
