// The list on the screen as a file: the same filters and order, the columns that are shown, all rows. Short lists are sent while they are
// read, long ones written by a job; both are made here.
import { Readable } from "node:stream";
import type { Ctx } from "../../core/context";
import { AppError, notFound } from "../../core/errors";
import { type ListQuery, requireRead } from "../../core/query";
import type { ListSpec, Resource } from "../../core/resource";
import { csvOf, csvType, type FileColumn, fileHeaders } from "../csv-file";
import { describeResource, type FieldDescription } from "../describe";
import { parseListQuery } from "../simple-rest";
import type { Item } from "./find-records";

const batch = 2_000;

export interface PlannedFile {
  list: ListSpec<unknown>;
  query: ListQuery;
  columns: FileColumn<Item>[];
  filename: string;
  /** For the audit log. */
  words: { filters: string; columns: string };
}

/** @param params what the list takes, and `_columns=name,createdAt` @throws {AppError} forbidden, malformed */
export function planFile(ctx: Ctx, resource: Resource, params: URLSearchParams): PlannedFile {
  const { list } = resource;
  if (!list) throw notFound("This list");
  requireRead(ctx, list.permission, "anyBrand");
  const asked = new URLSearchParams(params);
  for (const name of ["_columns", "_start", "_end"]) asked.delete(name);
  const columns = columnsOf(resource, params.get("_columns"));
  const day = ctx.now().toISOString().slice(0, 10);
  return {
    list,
    query: { ...parseListQuery(asked, list), start: 0, limit: batch },
    columns,
    filename: `${(resource.seenAs ?? resource).name} ${day}.csv`,
    words: { filters: asked.toString(), columns: columns.map(({ label }) => label).join(", ") },
  };
}

/** All rows of the query, after the first that are known already. One that moves back while others are added is not told twice. */
export async function* rowsOf(ctx: Ctx, { list, query }: PlannedFile, first?: Item[]): AsyncGenerator<Item> {
  let before = new Set<string>();
  for (let start = 0, last = batch; last === batch; start += batch) {
    const read = async () => (await ctx.tx((tx) => list.run(tx, { ...query, start }))).items as Item[];
    const items = start === 0 && first ? first : await read();
    for (const item of items) if (!before.has(item.id)) yield item;
    before = new Set(items.map(({ id }) => id));
    last = items.length;
  }
}

/** `GET /<resource>/export` */
export async function exportList(ctx: Ctx, resource: Resource, params: URLSearchParams): Promise<Response> {
  const file = planFile(ctx, resource, params);
  const first = await ctx.tx(async (tx) => {
    const { items, total } = await file.list.run(tx, file.query);
    await tx.audit({ action: "list.exported", ...aboutList(resource), after: { ...file.words, rows: total } });
    return items as Item[];
  });
  const text = csvOf(file.columns, rowsOf(ctx, file, first));
  const headers = fileHeaders(file.filename, csvType);
  return new Response(Readable.toWeb(Readable.from(bytesOf(text))) as ReadableStream, { headers });
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece);
}

export const aboutList = ({ name, title }: Resource) => ({ target: { type: "list", id: name, label: title } });

/** The columns named, in that order; money brings its currency along. */
function columnsOf(resource: Resource, wanted: string | null): FileColumn<Item>[] {
  const { fields } = describeResource(resource);
  const keys = wanted?.split(",") ?? fields.filter(({ optional }) => !optional).map(({ key }) => key);
  const chosen = keys.map((key) => fields.find((field) => field.key === key) ?? unknown(key, fields));
  const currencies = chosen.flatMap(({ currency }) => fields.find(({ key }) => key === currency) ?? []);
  const extra = currencies.filter((field) => !chosen.includes(field));
  return [...chosen, ...new Set(extra)].map((field) => ({
    ...field,
    label: field.unit ? `${field.label}, ${field.unit}` : field.label,
    read: (item) => (resource.fields?.[field.key]?.read ?? ((row: Item) => row[field.key]))(item),
  }));
}

function unknown(key: string, fields: FieldDescription[]): never {
  const why = `There is no column "${key}"; there are: ${fields.map((field) => field.key).join(", ")}`;
  throw new AppError("malformed", `The parameter _columns is not understood. ${why}.`, { fields: { _columns: why } });
}
