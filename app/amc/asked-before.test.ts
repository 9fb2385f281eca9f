import { expect, test } from "vitest";
import type { TemplateParameter } from "#server/amc/template-contract";
import { valuesFrom } from "./asked-before";

const parameter = (name: string, kind: TemplateParameter["kind"], value: TemplateParameter["default"]) =>
  ({ name, label: name, help: "", kind, default: value }) satisfies TemplateParameter;
const [steps, campaigns] = [parameter("steps", "whole", 5), parameter("campaigns", "list", [])];

test("a form begins with what the run was asked, each value of its own kind", () => {
  const run = { values: { steps: 3, campaigns: ["58", "59"] }, parameters: [steps, campaigns] };
  expect(valuesFrom(run, [steps, campaigns])).toEqual({ steps: 3, campaigns: ["58", "59"] });
  expect(valuesFrom(null, [steps, campaigns])).toEqual({ steps: 5, campaigns: [] });
});

test("a value whose parameter the question has no more, or of another kind, is left out", () => {
  const run = { values: { steps: 3, gone: "x" }, parameters: [steps, parameter("gone", "text", null)] };
  expect(valuesFrom(run, [parameter("steps", "text", null), campaigns])).toEqual({ campaigns: [] });
});
