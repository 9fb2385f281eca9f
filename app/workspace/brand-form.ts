// A brand as its form holds it: money in units and not in micros, nothing instead of null.
import type { BaseRecord } from "@refinedev/core";
import type { Brand } from "#server/workspace/contract";
import type { ComparedField } from "~/ui/conflict";
import { decimalOfMicros, microsOfDecimal } from "~/ui/format";

export interface BrandForm {
  name: string;
  tags?: string[];
  ownerUserId?: string | undefined;
  /** Shown where two versions are compared. */
  ownerName?: string | undefined;
  monthlyBudget?: string | undefined;
  budgetCurrency?: string | undefined;
  version?: number;
}

export function brandToForm(record: BaseRecord): BrandForm {
  const { name, tags, ownerUserId, ownerName, monthlyBudget, budgetCurrency, version } = record as Brand;
  return {
    name,
    tags,
    ownerUserId: ownerUserId ?? undefined,
    ownerName: ownerName ?? undefined,
    monthlyBudget: monthlyBudget === null ? undefined : decimalOfMicros(monthlyBudget),
    budgetCurrency: budgetCurrency ?? undefined,
    version,
  };
}

const micros = (text: string | undefined): string | null => (text ? microsOfDecimal(String(text)) : null);

const decimalOf = (amount: string | null): string => (amount === null ? "" : decimalOfMicros(amount));

/** Only what was changed: nobody overwrites a field they left alone. */
export function brandInput(values: BrandForm, before: BrandForm | null): object {
  const { name, tags = [], ownerUserId = null, monthlyBudget, version } = values;
  const budget = micros(monthlyBudget);
  const budgetCurrency = budget === null ? null : (values.budgetCurrency ?? null);
  const wanted = { name, tags, ownerUserId, monthlyBudget: budget, budgetCurrency };
  const was = {
    name: before?.name,
    tags: before?.tags ?? [],
    ownerUserId: before?.ownerUserId ?? null,
    monthlyBudget: micros(before?.monthlyBudget),
    budgetCurrency: before?.budgetCurrency ?? null,
  };
  const changed = Object.entries(wanted).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof typeof was]),
  );
  return { ...Object.fromEntries(changed), ...(before ? { version } : {}) };
}

/** @param nameOf the names of people who may be chosen */
export const comparedFields = (nameOf: (userId: string) => string | undefined): ComparedField<BrandForm>[] => [
  { name: "name", label: "Name", show: ({ name }) => name },
  { name: "tags", label: "Tags", show: ({ tags }) => (tags ?? []).join(", ") },
  {
    name: "ownerUserId",
    label: "Owner",
    show: ({ ownerUserId, ownerName }) => (ownerUserId ? (nameOf(ownerUserId) ?? ownerName ?? "somebody else") : ""),
  },
  { name: "monthlyBudget", label: "Monthly budget", show: ({ monthlyBudget }) => decimalOf(micros(monthlyBudget)) },
  { name: "budgetCurrency", label: "Currency", show: ({ budgetCurrency }) => budgetCurrency ?? "" },
];
