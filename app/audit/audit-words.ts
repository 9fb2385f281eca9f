import type { AuditEvent } from "#server/audit/contract";

/** `brand.archived` as "Brand archived"; the noun is kept, so that new actions read well without a list. */
export function actionWords(action: string): string {
  const words = action.replace(/[._-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "name: Acme to Acme Home"; only what differs. */
export function changeWords({ before, after }: Pick<AuditEvent, "before" | "after">): string {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => wordsOf(before?.[field]) !== wordsOf(after?.[field]))
    .map((field) => {
      const [from, to] = [wordsOf(before?.[field]), wordsOf(after?.[field])];
      if (from === "") return `${field}: ${to}`;
      return `${field}: ${from} to ${to === "" ? "nothing" : to}`;
    })
    .join("; ");
}

/** A value of the log in words. */
export function wordsOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(wordsOf).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
