// What the final SELECT may put out.
import { expressionsOf, isAggregated } from "../analysis";
import { type Expression, isCall, partsOf } from "../ast";
import { isPrivate, judgeMoney, type Trait, traitOf } from "../traits";
import { placedWithin, type Rule, whereIs } from "./finding";
import { error } from "./tables";

export const privateOutput: Rule = (subject) =>
  finalItems(subject).flatMap(({ item, column }) => {
    if (!column || !isPrivate(column.threshold)) return [];
    if (subject.options.audience && column.name.toLowerCase() === "user_id") return [];
    const message = `${column.source ?? column.name} is ${column.threshold}: it is never put out.`;
    const fix = `Count it, COUNT(DISTINCT ${column.source ?? column.name}), or leave it out.`;
    return [error("private-output", message, { fix, at: whereIs(placedWithin(item), subject) })];
  });

export const finalAggregate: Rule = (subject) => {
  if (subject.options.audience) return [];
  return subject.analysis.selects.flatMap(({ node, final }) => {
    const first = node.select_list[0];
    if (!final || !first || isAggregated(node) || first.class === "STAR") return [];
    const fix = "Aggregate the metrics (SUM, COUNT, MAX, ...) and GROUP BY the dimensions.";
    return [
      error("final-aggregate", "The final SELECT needs an aggregate: AMC puts out no single events.", {
        fix,
        at: whereIs(placedWithin(first), subject),
      }),
    ];
  });
};

const comparisons = /^(COMPARE_|~~|!~~|like_escape|regexp_full_match|contains|starts_with)/;

/** Columns that could name a person may not be compared with what somebody wrote. */
export const literalFilter: Rule = (subject) =>
  subject.analysis.selects.flatMap(({ node, names }) =>
    expressionsOf(node).flatMap((expression) => {
      const parts = comparisons.test(isCall(expression) ? expression.function_name : expression.type)
        ? partsOf(expression)
        : [];
      const compared = parts.find((part) => isStrict(traitOf(part, names)));
      if (!compared || !parts.some(isLiteral)) return [];
      const trait = traitOf(compared, names);
      const message = `${trait.source} is ${trait.threshold}: it cannot be compared with a literal.`;
      const fix = "Group by it or join on it instead, or filter by a column of a milder class.";
      return [error("literal-filter", message, { fix, at: whereIs(placedWithin(compared), subject) })];
    }),
  );

function isStrict({ threshold }: Trait): boolean {
  return threshold === "HIGH" || isPrivate(threshold);
}

function isLiteral(node: Expression): boolean {
  if (node.class === "CONSTANT") return true;
  if (node.class === "CAST") return isLiteral(node.child as Expression);
  return isCall(node) && ["custom_parameter", "list_value"].includes(node.function_name.toLowerCase());
}

const rankings = new Set(["rank", "dense_rank", "row_number"]);

export const rankInHaving: Rule = (subject) =>
  subject.analysis.selects.flatMap(({ node }) => {
    const ranks = node.select_list.filter(
      (item) => item.class === "WINDOW" && rankings.has(item.function_name ?? "") && item.alias,
    );
    const names = new Set(ranks.map(({ alias }) => alias.toLowerCase()));
    const within = (expression: Expression): Expression[] => [expression, ...partsOf(expression).flatMap(within)];
    const used = node.having
      ? within(node.having).filter(({ column_names: [name] = [] }) => names.has(name?.toLowerCase() ?? ""))
      : [];
    return used.map((reference) =>
      error("rank-in-having", "A rank cannot be used in HAVING.", {
        fix: "Compute it in a subquery and filter it there with WHERE.",
        at: whereIs(reference, subject),
      }),
    );
  });

/** Money columns come in thousandths or millionths of a cent. */
export const moneyUnits: Rule = (subject) =>
  finalItems(subject).flatMap(({ item, column }) => {
    const judged = column?.money && judgeMoney(column.money);
    if (!column?.money || !judged?.wrong) return [];
    const divisor = judged.divisor.toLocaleString("en-US").replaceAll(",", "");
    const message =
      judged.wrong === "undivided"
        ? `${column.name} is in ${column.money.unit}.`
        : `${column.name} is in ${column.money.unit}, and not divided by what makes currency of them.`;
    return [
      {
        rule: `money-${judged.wrong}`,
        message,
        fix: `Divide by ${divisor} for currency.`,
        severity: "warning" as const,
        at: whereIs(placedWithin(item), subject),
      },
    ];
  });

function finalItems({ analysis }: Parameters<Rule>[0]) {
  return analysis.selects
    .filter(({ final, node }) => final && node.select_list.every(({ class: kind }) => kind !== "STAR"))
    .flatMap(({ node, columns }) => node.select_list.map((item, index) => ({ item, column: columns[index] })));
}
