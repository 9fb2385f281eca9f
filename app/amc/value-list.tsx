import type { TemplateParameter } from "#server/amc/template-contract";
import { Facts } from "~/ui/page";
import { valueItems } from "./declared";
import type { Values } from "./parameter-fields";

/** Parameters as they were given. */
export function ValueList({ values, parameters }: { values: Values; parameters: readonly TemplateParameter[] }) {
  const items = valueItems(values, parameters);
  return items.length > 0 ? <Facts items={items} /> : <p className="tm-muted">The question has no parameters.</p>;
}
