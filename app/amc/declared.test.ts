import { expect, test } from "vitest";
import { parametersIn, valueItems } from "./declared";

test("parameters are those that the SQL names, once each, and what is known of one stays", () => {
  const steps = { name: "steps", label: "Steps", help: "", kind: "whole" as const, default: 5 };
  const sql =
    "SELECT 1 WHERE a = CUSTOM_PARAMETER('asin') AND b < custom_parameter( 'steps' ) OR a = CUSTOM_PARAMETER('asin')";
  expect(parametersIn(sql, [steps, { ...steps, name: "gone" }])).toEqual([
    { name: "asin", label: "asin", help: "", kind: "text", default: null },
    steps,
  ]);
});

test("values stand under the labels of their parameters, a choice in its own words", () => {
  const described = [
    { name: "campaigns", label: "Campaigns", help: "", kind: "list" as const, default: [] },
    {
      name: "by",
      label: "Counted by",
      help: "",
      kind: "choice" as const,
      default: "day",
      choices: [{ value: "day", label: "Days" }],
    },
  ];
  expect(valueItems({ campaigns: [], by: "day", gone: true }, described)).toEqual([
    { label: "Campaigns", value: "all" },
    { label: "Counted by", value: "Days" },
    { label: "gone", value: "yes" },
  ]);
});
