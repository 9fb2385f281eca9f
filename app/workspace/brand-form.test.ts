import { expect, test } from "vitest";
import { untouched } from "~/ui/conflict";
import { type BrandForm, brandInput, brandToForm, comparedFields } from "./brand-form";

const record = {
  id: "1",
  name: "Acme",
  createdAt: "2026-11-20T12:00:00Z",
  archivedAt: null,
  tags: ["retail"],
  ownerUserId: null,
  ownerName: null,
  monthlyBudget: "1234500000",
  budgetCurrency: "USD",
  version: 4,
};
const before = brandToForm(record);

test("only what was changed is sent, with the version seen; money goes back to the micro", () => {
  expect(before.monthlyBudget).toBe("1234.5");
  expect(brandInput({ ...before, monthlyBudget: "1234.50" }, before)).toEqual({ version: 4 });
  expect(brandInput({ ...before, name: "Acme Home", monthlyBudget: "0.01" }, before)).toEqual({
    name: "Acme Home",
    monthlyBudget: "10000",
    version: 4,
  });
});

test("an emptied budget takes its currency with it, and a new brand has no version", () => {
  const emptied: BrandForm = { ...before, monthlyBudget: undefined };
  expect(brandInput(emptied, before)).toEqual({ monthlyBudget: null, budgetCurrency: null, version: 4 });
  expect(brandInput({ name: "New", tags: ["a"] }, null)).toEqual({ name: "New", tags: ["a"] });
});

test("where somebody else saved first, fields one left alone are theirs", () => {
  const mine = { ...before, name: "Acme Home" };
  const now = brandToForm({ ...record, tags: ["retail", "uk"], version: 5 });
  const kept = untouched(
    comparedFields(() => undefined),
    { before, mine, now },
  );
  expect(kept.map(({ name }) => name)).toEqual(["tags", "ownerUserId", "monthlyBudget", "budgetCurrency"]);
});
