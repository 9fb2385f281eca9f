import { expect, test } from "vitest";
import { parametersIn } from "./declared";

test("parameters are those that the SQL names, once each, and what is known of one stays", () => {
  const steps = { name: "steps", label: "Steps", help: "", kind: "whole" as const, default: 5 };
  const sql =
    "SELECT 1 WHERE a = CUSTOM_PARAMETER('asin') AND b < custom_parameter( 'steps' ) OR a = CUSTOM_PARAMETER('asin')";
  expect(parametersIn(sql, [steps, { ...steps, name: "gone" }])).toEqual([
    { name: "asin", label: "asin", help: "", kind: "text", default: null },
    steps,
  ]);
});
