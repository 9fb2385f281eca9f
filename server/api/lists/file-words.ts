// What a file is, in words and as data: for its receipt, its second sheet and the audit log.
import type { Ctx } from "../../core/context";
import type { Filter, ListQuery, NumbersNote } from "../../core/query";
import type { Resource } from "../../core/resource";
import type { About, FileColumn, Subject } from "../../exports";
import { describeResource, labelOf } from "../describe";
import { findByIds, labelOfItem } from "./find-records";

const operatorWords: Record<Filter["operator"], string> = {
  eq: "is",
  ne: "is not",
  gte: "from",
  lte: "to",
  like: "holds",
};

interface Asked {
  asked: URLSearchParams;
  query: ListQuery;
  columns: string | null;
}

interface Where {
  resource: Resource;
  all: readonly Resource[];
}

export async function subjectOf(ctx: Ctx, where: Where, { asked, query, columns }: Asked): Promise<Subject> {
  const { resource, all } = where;
  const { name, title } = resource;
  const { fields, filters } = describeResource(resource);
  const told = await Promise.all(
    query.filters.map(async ({ field, operator, values }) => {
      const described = fields.find(({ key }) => key === field);
      const choices = filters.find(({ key }) => key === field)?.values;
      const names = await namesOf(
        ctx,
        all.find((one) => one.name === described?.reference),
        values,
      );
      const words = values.map(
        (value) => names.get(value) ?? choices?.find((one) => one.value === value)?.label ?? value,
      );
      const label = filters.find(({ key }) => key === field)?.label ?? labelOf(field);
      return { field, label, operator, values, words: `${label} ${operatorWords[operator]} ${words.join(" or ")}` };
    }),
  );
  const sorted =
    query.sort && (fields.find(({ key }) => key === query.sort?.field)?.label ?? labelOf(query.sort.field));
  const words = [
    ...told.map((one) => one.words),
    ...(query.search ? [`Search for "${query.search}"`] : []),
    ...(query.sort ? [`By ${sorted}, ${query.sort.order === "asc" ? "lowest first" : "highest first"}`] : []),
  ];
  if (columns) asked.set("_columns", columns);
  return {
    list: { name, title },
    address: `/api/v1/${name}/export${asked.size > 0 ? `?${asked}` : ""}`,
    filters: told.map(({ field, label, operator, values }) => ({ field, label, operator, values })),
    search: query.search,
    sort: query.sort,
    words: words.join("; ") || "All rows",
  };
}

/** Ids of records in words, as far as the person may see them. */
async function namesOf(ctx: Ctx, resource: Resource | undefined, ids: string[]): Promise<Map<string, string>> {
  if (!resource?.list || !ctx.can(resource.list.permission, "anyBrand")) return new Map();
  const found = await findByIds(ctx, resource, ids);
  return new Map([...found].map(([id, item]) => [id, labelOfItem(item)]));
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

interface Told {
  subject: Subject;
  note: NumbersNote | null;
  columns: readonly FileColumn[];
}

export function aboutFile(ctx: Ctx, { subject: { list, words }, note, columns }: Told): About {
  const { actor } = ctx;
  const lines: [string, string][] = [
    ["List", list.title],
    ["Rows", words],
    ["Written at", `${ctx.now().toISOString()} (UTC)`],
    ["Written for", "name" in actor ? actor.name : ""],
  ];
  if (note) lines.push(...numberLines(note));
  return [
    ...lines,
    ...columns.flatMap(({ label, measure }): [string, string][] =>
      measure ? [[`Formula, ${label}`, `${measure.formula} (${measure.unit})`]] : [],
    ),
    ["Proof", "The receipt of this file is listed under Exports; it holds the SHA-256 of all its bytes."],
  ];
}

function numberLines(note: NumbersNote): [string, string][] {
  const { range, compare, asOf, sameAge, zones, settled, dataThrough, partialDay, moneyHidden } = note;
  return [
    ["Days", `${range.from} to ${range.to}, ${zones.join(" and ") || "UTC"}`],
    ...(compare
      ? [["Compared with", `${compare.from} to ${compare.to}${sameAge ? ", at the same age" : ""}`] as [string, string]]
      : []),
    ["As of", asOf ? `${asOf} (UTC)` : "now"],
    ["Data through", dataThrough ?? "nothing yet"],
    ...(partialDay ? [["Not over yet", partialDay] as [string, string]] : []),
    ...settled.map(({ rule, share, until }): [string, string] => [
      `Settled, ${rule}`,
      until ? `${percent(share)} of the days; all on ${until}` : "all days are final",
    ]),
    ["Data version", note.dataVersion],
    ...(note.conversion ? conversionLines(note.conversion) : []),
    ...(moneyHidden ? [["Hidden", "Money, for some of these brands"] as [string, string]] : []),
  ];
}

function conversionLines(conversion: NonNullable<NumbersNote["conversion"]>): [string, string][] {
  const { to, from, rates, oldestAge, missingDays, missing } = conversion;
  if (from.length === 0) return [["Money", `in ${to}, as it was paid`]];
  const used = rates ? `; rates of ${rates.from} to ${rates.to}, at most ${oldestAge} days older than their day` : "";
  const lines: [string, string][] = [["Money", `${from.join(" and ")} in ${to}, each day by its rate${used}`]];
  if (missing) {
    const days = `${missing.day} to ${missing.until}`;
    lines.push([
      "Without a rate",
      `${missingDays} days of ${days}, first ${missing.currency}: no sum of their money is told`,
    ]);
  }
  return lines;
}
