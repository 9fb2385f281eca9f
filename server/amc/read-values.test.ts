import { expect, test } from "vitest";
import { declared, readValues, wireValues } from "./read-values";
import type { TemplateParameter } from "./template-contract";

const parameter = (name: string, rest: Partial<TemplateParameter>): TemplateParameter => ({
  name,
  label: name,
  help: "",
  kind: "text",
  default: null,
  ...rest,
});
const parameters = [
  parameter("steps", { kind: "whole", default: 5, least: 1, most: 10 }),
  parameter("campaigns", { kind: "list", default: [] }),
  parameter("scope", { kind: "choice", choices: [{ value: "all", label: "All" }], default: "all" }),
  parameter("share", { kind: "decimal", default: 0.5 }),
  parameter("halo", { kind: "flag", default: false }),
  parameter("brand", {}),
];

test("what is not given is the default, and what has none must be given", () => {
  expect(readValues(parameters, {})).toEqual({
    values: { steps: 5, campaigns: [], scope: "all", share: 0.5, halo: false },
    problems: { brand: "brand must be given." },
  });
});

test.each([
  ["steps", 11, "steps is 10 at most."],
  ["steps", 0, "steps is 1 at least."],
  ["steps", 1.5, "steps is a whole number."],
  ["steps", "5", "steps is a whole number."],
  ["campaigns", "1", "campaigns is a list."],
  ["scope", "some", "scope is one of: All."],
  ["share", Number.NaN, "share is a number."],
  ["halo", "yes", "halo is yes or no."],
  ["brand", 1, "brand is a text."],
  ["other", 1, "There is no such parameter."],
])("%s as %j is refused in words", (name, value, problem) => {
  expect(readValues(parameters, { brand: "x", [name]: value }).problems).toEqual({ [name]: problem });
});

test("values go out as text, lists as lists, declared with Amazon's types", () => {
  expect(wireValues({ steps: 5, campaigns: ["1"], halo: true })).toEqual({
    steps: "5",
    campaigns: ["1"],
    halo: "true",
  });
  expect(parameters.slice(0, 2).map(declared)).toEqual([
    { name: "steps", dataType: "LONG", columnType: "DIMENSION" },
    {
      name: "campaigns",
      dataType: { type: "ARRAY", elementDataType: "STRING", elementNullable: false },
      columnType: "DIMENSION",
      defaultValue: [],
    },
  ]);
});
