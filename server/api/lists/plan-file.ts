// The list on the screen as a file: the same filters and order, the columns that are shown, all rows. Short lists are sent while they are
// read, long ones written by a job; both are planned here.
import type { Ctx } from "../../core/context";
import { AppError, notFound } from "../../core/errors";
import { type ListQuery, requireRead } from "../../core/query";
import { type ListSpec, type OwnColumn, type Resource, withListFields } from "../../core/resource";
import type { Cell, FileColumn, PlannedFile } from "../../exports";
import { type FormatId, formatIds } from "../../exports/contract";
import { describeResource, type FieldDescription } from "../describe";
import { parseListQuery } from "../simple-rest";
import { cellOf, cellTypeOf } from "./cells";
import { aboutFile, subjectOf } from "./file-words";
import type { Item } from "./find-records";

const batch = 5_000;
const notOfTheList = ["_columns", "_format", "_start", "_end"];

export interface AskedFile {
  list: ListSpec<unknown>;
  query: ListQuery;
  /** Its parameters, without those of the file. */
  asked: URLSearchParams;
}

/** @throws {AppError} forbidden, malformed */
export function askedFile(ctx: Ctx, resource: Resource, params: URLSearchParams): AskedFile {
  const { list } = resource;
  if (!list) throw notFound("This list");
  requireRead(ctx, list.permission, "anyBrand");
  const asked = new URLSearchParams(params);
  for (const name of notOfTheList) asked.delete(name);
  return { list, asked, query: { ...parseListQuery(asked, list), start: 0, limit: batch } };
}

export function formatOf(params: URLSearchParams): FormatId {
  const given = params.get("_format") ?? "csv";
  const format = formatIds.find((known) => known === given);
  if (format) return format;
  const fields = { _format: `must be one of: ${formatIds.join(", ")}` };
  throw new AppError("malformed", `The parameter _format ${fields._format}.`, { fields });
}

const filenameOf = (ctx: Ctx, called: string, format: FormatId): string =>
  `${called.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, " ")} ${ctx.now().toISOString().slice(0, 10)}.${format}`;

interface Wanted {
  resource: Resource;
  /** Where the records are that filters name. */
  all: readonly Resource[];
  /** What the list takes, `_columns=name,createdAt` and `_format=xlsx`. */
  params: URLSearchParams;
  filename?: string;
}

/** What would be refused is refused here, before a file is begun. @throws {AppError} forbidden, malformed */
export async function planFile(ctx: Ctx, wanted: Wanted): Promise<PlannedFile> {
  const { all, params, filename } = wanted;
  const { list, query, asked } = askedFile(ctx, wanted.resource, params);
  const { resource, own, note, first } = await ctx.tx(async (tx) => ({
    resource: await withListFields(tx, wanted.resource, query),
    own: (await list.columns?.(tx, query)) ?? null,
    note: (await list.note?.(tx, query)) ?? null,
    first: (await list.run(tx, query)).items as Item[],
  }));
  const columns = columnsOf(resource, own?.columns ?? null, params.get("_columns"));
  const subject = await subjectOf(ctx, { resource, all }, { asked, query, columns: params.get("_columns") });
  return {
    subject,
    filename: filename ?? filenameOf(ctx, own?.called ?? (resource.seenAs ?? resource).name, formatOf(params)),
    columns,
    note,
    noteNow: async (tx) => (await list.note?.(tx, query)) ?? null,
    about: aboutFile(ctx, { subject, note, columns }),
    rows: cellsOf(columns, rowsOf(ctx, { list, query }, first)),
  };
}

interface ReadColumn extends FileColumn {
  read(item: Item): Cell;
}

async function* cellsOf(columns: readonly ReadColumn[], rows: AsyncIterable<Item>): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield columns.map((column) => column.read(row));
}

type Asked = Pick<AskedFile, "list" | "query">;

/** All rows of the query, after the first that are known. One that moves back while others are added is not told twice. */
async function* rowsOf(ctx: Ctx, { list, query }: Asked, first: Item[]): AsyncGenerator<Item> {
  let before = new Set<string>();
  for (let start = 0, items = first; ; ) {
    for (const item of items) if (!before.has(item.id)) yield item;
    if (items.length < batch) return;
    before = new Set(items.map(({ id }) => id));
    start += batch;
    const at = start;
    items = (await ctx.tx((tx) => list.run(tx, { ...query, start: at }))).items as Item[];
  }
}

/** The columns named, in that order; each brings along what it is read with: its currency, how settled it is. */
function columnsOf(resource: Resource, own: readonly OwnColumn[] | null, wanted: string | null): ReadColumn[] {
  const { fields } = describeResource(resource);
  if (own) return own.map((column) => ({ ...typed(column), read: (item) => cellOf(column.read(item), column) }));
  const keys = wanted?.split(",") ?? fields.filter(({ optional }) => !optional).map(({ key }) => key);
  const chosen = keys.map((key) => fields.find((field) => field.key === key) ?? unknown(key, fields));
  const beside = chosen.flatMap(({ currency, beside = [] }) => [...(currency ? [currency] : []), ...beside]);
  const extra = beside.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  return [...new Set([...chosen, ...extra])].map((field) => {
    const { measure, read = (row: Item) => row[field.key] } = resource.fields?.[field.key] ?? {};
    return { ...typed(field), ...(measure ? { measure } : {}), read: (item) => cellOf(read(item), field) };
  });
}

function typed(field: Pick<FieldDescription, "key" | "label" | "kind"> & Partial<FieldDescription>): FileColumn {
  const { key, label, unit } = field;
  const type = cellTypeOf(field);
  return { key, label: unit ? `${label}, ${unit}` : label, type };
}

function unknown(key: string, fields: FieldDescription[]): never {
  const why = `There is no column "${key}"; there are: ${fields.map((field) => field.key).join(", ")}`;
  throw new AppError("malformed", `The parameter _columns is not understood. ${why}.`, { fields: { _columns: why } });
}
