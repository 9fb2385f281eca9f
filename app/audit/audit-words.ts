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

export interface FieldChange {
  field: string;
  from: string;
  to: string;
  changed: boolean;
}

/** Field by field, what is inside another by its path; brands by their names. */
export function changesOf(event: Pick<AuditEvent, "before" | "after">, brands: readonly Named[] = []): FieldChange[] {
  const [before, after] = [fieldsOf(named(event.before, brands)), fieldsOf(named(event.after, brands))];
  return [...new Set([...before.keys(), ...after.keys()])].map((path) => {
    const [from, to] = [before.get(path) ?? "", after.get(path) ?? ""];
    return { field: fieldWords(path), from, to, changed: from !== to };
  });
}

/** "name: Acme to Acme Home"; only what differs. */
export function changeWords(event: Pick<AuditEvent, "before" | "after">, brands: readonly Named[] = []): string {
  return changesOf(event, brands)
    .filter(({ changed }) => changed)
    .map(({ field, from, to }) => {
      if (from === "") return `${field}: ${to}`;
      return `${field}: ${from} to ${to === "" ? "nothing" : to}`;
    })
    .join("; ");
}

function named(values: AuditEvent["before"], brands: readonly Named[]): Record<string, unknown> {
  if (!values || !("brandId" in values)) return values ?? {};
  const { brandId, brandName, ...rest } = values as Record<string, unknown>;
  return { brand: brandName ?? brands.find(({ id }) => id === brandId)?.name ?? brandId, ...rest };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fieldsOf(values: Record<string, unknown>, path = ""): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    if (isObject(value)) for (const [inner, words] of fieldsOf(value, `${path}${key}.`)) fields.set(inner, words);
    else fields.set(path + key, wordsOf(value));
  }
  return fields;
}

/** `amazonUserId` as "amazon user id". */
const fieldWords = (path: string): string =>
  path.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll(".", " · ");

/** A value of the log in words. */
export function wordsOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(wordsOf).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
