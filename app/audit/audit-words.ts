import type { AuditEvent } from "#server/audit/contract";

/** `brand.archived` as "Brand archived"; the noun is kept, so that new actions read well without a list. */
export function actionWords(action: string): string {
  const words = action.replace(/[._-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Named {
  id: string;
  name: string;
}

/** "name: Acme to Acme Home"; only what differs, brands by their names. */
export function changeWords(event: Pick<AuditEvent, "before" | "after">, brands: readonly Named[] = []): string {
  const [before, after] = [named(event.before, brands), named(event.after, brands)];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => wordsOf(before[field]) !== wordsOf(after[field]))
    .map((field) => {
      const [from, to] = [wordsOf(before[field]), wordsOf(after[field])];
      if (from === "") return `${fieldWords(field)}: ${to}`;
      return `${fieldWords(field)}: ${from} to ${to === "" ? "nothing" : to}`;
    })
    .join("; ");
}

function named(values: AuditEvent["before"], brands: readonly Named[]): Record<string, unknown> {
  if (!values || !("brandId" in values)) return values ?? {};
  const { brandId, brandName, ...rest } = values as Record<string, unknown>;
  return { brand: brandName ?? brands.find(({ id }) => id === brandId)?.name ?? brandId, ...rest };
}

/** `amazonUserId` as "amazon user id". */
const fieldWords = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A value of the log in words. */
export function wordsOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(wordsOf).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
