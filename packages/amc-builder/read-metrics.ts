// The items of a SELECT as groups and metrics. What is a group is said by GROUP BY; whether all is read right, by writing it back.
import { type Expression, isCall, numberOf, textOf } from "../amc-engine/ast";
import type { Canonical } from "./canonical";
import { textOf as textOfTree } from "./canonical";
import type { Fields } from "./fields";
import { type Aggregate, functions, type Group, type Metric, Name, type TimePart, timeParts } from "./model";
import { decimalOf, refOf, undivided } from "./read-values";
import { refuse, Unbuildable } from "./unbuildable";

export interface Items {
  groups: Group[];
  metrics: Metric[];
}

export function readItems({ select_list, group_expressions }: Canonical, fields: Fields): Items {
  const grouped = new Set(group_expressions.map(textOfTree));
  const items: Items = { groups: [], metrics: [] };
  const shown = new Set<string>();
  for (const item of select_list) {
    const text = textOfTree({ ...item, alias: "" });
    if (!item.alias)
      throw new Unbuildable("The builder needs a name for each column: write AS and one.", item.query_location);
    if (!Name.safeParse(item.alias).success)
      throw new Unbuildable(
        `The builder names columns in small letters, digits and underscores, not ${item.alias}.`,
        item.query_location,
      );
    if (grouped.has(text)) {
      if (items.metrics.length > 0)
        throw new Unbuildable(
          "The builder puts what rows are split by before what is worked out.",
          item.query_location,
        );
      shown.add(text);
      items.groups.push(readGroup(item, fields));
    } else items.metrics.push(readMetric(item, fields));
  }
  const unshown = group_expressions.find((group) => !shown.has(textOfTree(group)));
  if (unshown) throw new Unbuildable("The builder shows all that rows are split by.", unshown.query_location);
  return items;
}

function readGroup(item: Expression, fields: Fields): Group {
  const name = item.alias;
  const [first, second] = item.children ?? [];
  if (isCall(item) && item.function_name === "date_trunc" && second) {
    const part = textOf(first);
    if (!timeParts.includes(part as TimePart))
      throw new Unbuildable(`The builder splits time by ${timeParts.join(", ")}.`, item.query_location);
    return { kind: "time", name, field: refOf(undivided(second), fields), part: part as TimePart };
  }
  if (isCall(item) && item.function_name === "*") {
    const ratio = first && isCall(first) && first.function_name === "floor" ? first.children[0] : undefined;
    const [base, width] = ratio && isCall(ratio) && ratio.function_name === "/" ? ratio.children : [];
    const said = decimalOf(width);
    if (!base || said === null) refuse(item, "The builder makes ranges as FLOOR(column / 5) * 5.");
    return { kind: "range", name, field: refOf(undivided(base), fields), width: said };
  }
  return { kind: "column", name, field: refOf(undivided(item), fields) };
}

export function readMetric(item: Expression, fields: Fields): Metric {
  const [above, below] = isCall(item) && item.function_name === "/" ? item.children : [];
  const [per] = below && isCall(below) && below.function_name === "nullif" ? below.children : [];
  if (!above || !per) return { name: item.alias, value: readAggregate(item, fields), per: null };
  const [many, factor] = isCall(above) && above.function_name === "*" ? above.children : [];
  const each = many && numberOf(factor) === 1000 ? 1000 : 1;
  const value = readAggregate(each === 1000 && many ? many : above, fields);
  return { name: item.alias, value, per: { ...readAggregate(per, fields), each } };
}

function readAggregate(expression: Expression, fields: Fields): Aggregate {
  const call = undivided(expression);
  if (!isCall(call))
    refuse(call, "The builder works out counts, sums, averages, least and most values, and one divided by another.");
  if (call.function_name === "count_star") return { function: "rows", field: null };
  const name =
    call.function_name === "count" && call.distinct === true
      ? "distinct"
      : functions.find((one) => one === call.function_name);
  const [of] = call.children;
  if (call.function_name === "/" && of)
    throw new Unbuildable(
      "The builder divides as a / NULLIF(b, 0), of counts, sums, averages, least and most values.",
      call.query_location,
    );
  if (!name || name === "rows" || !of || call.filter) refuse(call, "The builder has no such calculation.");
  return { function: name, field: refOf(of, fields) };
}
