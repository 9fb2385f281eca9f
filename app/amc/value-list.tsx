import { Facts } from "~/ui/page";
import type { Values } from "./parameter-fields";

/** Parameters as they were given. */
export function ValueList({ values }: { values: Values }) {
  const items = Object.entries(values).map(([name, value]) => ({ label: name, value: wordsOfValue(value) }));
  return items.length > 0 ? <Facts items={items} /> : <p className="tm-muted">The question has no parameters.</p>;
}

function wordsOfValue(value: Values[string]): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "all";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
