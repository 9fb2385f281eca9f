// Tables whose rows repeat: what is summed over them is counted more than once.
import type { ReadSelect } from "../analysis";
import type { Expression } from "../ast";
import { aggregates } from "../functions";
import { type Rule, whereIs } from "./finding";
import { callsOf } from "./tables";

const repeatedMetrics = new Set(
  "impressions impression_cost total_cost supply_cost audience_fee platform_fee managed_service_fee third_party_fees ocm_fee".split(
    " ",
  ),
);

/** One row per impression and segment. */
export const segmentRows: Rule = (subject) =>
  callsOf(subject).flatMap(({ node, select }) => {
    const [summed] = node.children ?? [];
    const name = summed?.column_names?.at(-1)?.toLowerCase();
    if (node.function_name?.toLowerCase() !== "sum" || !summed || !name || !repeatedMetrics.has(name)) return [];
    const table = tableOf(select, summed)?.name;
    if (!table?.startsWith("dsp_impressions_by_") || isBySegment(select)) return [];
    return [
      {
        rule: "repeated-impressions",
        message: `${table} has a row for each impression and segment: this sum counts an impression once a segment.`,
        fix: "GROUP BY the segment, or sum dsp_impressions instead.",
        severity: "warning" as const,
        at: whereIs(node, subject),
      },
    ];
  });

function isBySegment({ node, columns }: ReadSelect): boolean {
  const grouped = columns.some(({ source, metric }) => !metric && source?.startsWith("behavior_segment_"));
  return node.group_expressions.length > 0 && (grouped || node.group_expressions.some(isSegment));
}

function isSegment({ column_names: names }: Expression): boolean {
  return names?.at(-1)?.toLowerCase().startsWith("behavior_segment_") ?? false;
}

/** One row per conversion and relevant campaign. */
export const relevanceRows: Rule = (subject) =>
  callsOf(subject).flatMap(({ node, select }) => {
    const called = node.function_name?.toLowerCase() ?? "";
    const [counted] = node.children ?? [];
    const reads = counted ? tableOf(select, counted) : onlyTable(select);
    if (!reads?.name.startsWith("conversions_with_relevance") || !aggregates.has(called) || node.distinct === true)
      return [];
    const column = counted?.column_names?.at(-1)?.toLowerCase();
    const counts =
      called === "count_star" ||
      (called === "count" && column === "conversion_id") ||
      (called === "sum" && column === "conversions");
    if (!counts || isByCampaign(select)) return [];
    return [
      {
        rule: "repeated-conversions",
        message: `${reads.name} has a row for each conversion and campaign it is relevant to: a conversion is counted more than once.`,
        fix: "Use COUNT(DISTINCT conversion_id).",
        severity: "warning" as const,
        at: whereIs(node, subject),
      },
    ];
  });

/** By campaign, each conversion is one row. */
function isByCampaign({ node, columns }: ReadSelect): boolean {
  const isCampaign = (name: string | null | undefined) => /^campaign(_id|_id_string)?$/i.test(name ?? "");
  const named = columns.some(({ source, metric }) => !metric && isCampaign(source));
  return (
    node.group_expressions.some(({ column_names: names }) => isCampaign(names?.at(-1))) ||
    (node.group_expressions.length > 0 && named)
  );
}

function tableOf({ relations }: ReadSelect, column: Expression) {
  const [name = "", alias] = (column.column_names ?? []).map((part) => part.toLowerCase()).reverse();
  const among = relations.filter((relation) => alias === undefined || relation.alias.toLowerCase() === alias);
  return among.find(({ columns }) => columns.some((one) => one.name.toLowerCase() === name))?.table;
}

function onlyTable({ relations }: ReadSelect) {
  return relations.length === 1 ? relations[0]?.table : undefined;
}
