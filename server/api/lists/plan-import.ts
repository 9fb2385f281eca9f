// What each row of a file would do, before anything is tried: which record it means, and what of it differs.
import type { Ctx } from "../../core/context";
import { AppError } from "../../core/errors";
import { wholeList } from "../../core/query";
import type { Resource } from "../../core/resource";
import type { FieldDescription, ResourceDescription } from "../describe";
import type { Item } from "./find-records";
import { CellError, type Lookups, readCell, readLookups } from "./read-cells";
import { type CsvTable, guessColumns } from "./read-csv";

export interface Target {
  resource: Resource;
  description: ResourceDescription;
  all: readonly Resource[];
}

interface Row {
  line: number;
  label: string;
}

interface Good extends Row {
  outcome: "create" | "update" | "unchanged";
  values: Record<string, unknown>;
  /** The record as it is now; null: a new one. */
  current: Item | null;
  /** By field: its column's header. */
  headerOf: Record<string, string>;
}

interface Bad extends Row {
  outcome: "error";
  column?: string | undefined;
  reason: string;
  remedy: string;
}

export type Plan = Good | Bad;

interface Given {
  table: CsvTable;
  columns?: Record<string, string | null> | undefined;
}

export async function planRows(ctx: Ctx, target: Target, { table, columns }: Given) {
  const { description, resource } = target;
  const names = resource.fileRow ? [] : ["id", resource.key];
  const usable = description.fields.filter(({ importable, key }) => importable || names.includes(key));
  const guessed = guessColumns(table.headers, usable);
  const headers = table.headers.map((header, index) => ({
    header,
    field: columns && Object.hasOwn(columns, header) ? (columns[header] ?? null) : (guessed[index] ?? null),
  }));
  const fields = headers.map(({ field }) => usable.find(({ key }) => key === field) ?? null);
  refuseBadColumns(headers, fields, usable);
  const lookups = await readLookups(
    ctx,
    usable.filter((field) => fields.includes(field)),
    target.all,
  );
  const cells = { fields, headers: table.headers, lookups };
  const read = table.rows.map((row) => readRow(row, cells, resource.key ?? "id"));
  if (resource.fileRow) return { headers, plans: read.map(asItStands) };
  const known = await findRecords(ctx, resource, read);
  const seen = new Map<string, number>();
  return { headers, plans: read.map((row) => planRow(row, { known, resource, seen })) };
}

function refuseBadColumns(
  headers: { header: string; field: string | null }[],
  fields: (FieldDescription | null)[],
  usable: FieldDescription[],
): void {
  const names = usable.map(({ label }) => label).join(", ");
  const unknown = headers.find(({ field }, index) => field !== null && !fields[index]);
  const twice = fields.find((field, index) => field && fields.indexOf(field) !== index);
  const why = unknown
    ? `There is no field "${unknown.field}".`
    : twice
      ? `Two columns are for "${twice.label}".`
      : fields.every((field) => !field)
        ? "No column has the name of a field."
        : null;
  if (why) throw new AppError("invalid", why, { fields: { columns: why }, remedy: `Columns can be for: ${names}.` });
}

interface Cells {
  fields: (FieldDescription | null)[];
  headers: string[];
  lookups: Lookups;
}

type Read = { line: number; label: string; values: Record<string, unknown>; headerOf: Record<string, string> } | Bad;

function readRow({ line, cells }: CsvTable["rows"][number], { fields, headers, lookups }: Cells, key: string): Read {
  const values: Record<string, unknown> = {};
  const headerOf: Record<string, string> = {};
  const label = cells[fields.findIndex((field) => field?.key === key)] || cells[0] || `Line ${line}`;
  if (cells.length > headers.length && cells.slice(headers.length).some((cell) => cell !== "")) {
    const reason = `This line has ${cells.length} cells, the header has ${headers.length}.`;
    return { line, label, outcome: "error", reason, remedy: "Put text with commas in quotes." };
  }
  for (const [index, field] of fields.entries()) {
    if (!field) continue;
    const column = headers[index] ?? "";
    headerOf[field.key] = column;
    try {
      values[field.key] = readCell(cells[index] ?? "", field.key === key ? { ...field, kind: "text" } : field, lookups);
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      return { line, label, outcome: "error", column, reason: error.message, remedy: error.remedy };
    }
  }
  return { line, label, values, headerOf };
}

interface Known {
  byId: Map<string, Item>;
  /** Null: more than one. */
  byKey: Map<string, Item | null>;
}

const batch = 1_000;

async function findRecords(ctx: Ctx, { list, key = "id" }: Resource, rows: readonly Read[]): Promise<Known> {
  const known: Known = { byId: new Map(), byKey: new Map() };
  if (!list) return known;
  const good = rows.flatMap((row) => ("values" in row ? [row.values] : []));
  const wanted = (field: string) => [
    ...new Set(good.flatMap((values) => (values[field] ? [String(values[field])] : []))),
  ];
  const [ids, keys] = [wanted("id"), new Set(wanted(key).map((text) => text.toLowerCase()))];
  if (ids.length === 0 && keys.size === 0) return known;
  for (let start = 0, last = batch; last === batch; start += batch) {
    const { items } = await ctx.tx((tx) => list.run(tx, { ...wholeList(batch), start }));
    for (const item of items as Item[]) {
      known.byId.set(item.id, item);
      const name = String(item[key] ?? "").toLowerCase();
      known.byKey.set(name, known.byKey.has(name) ? null : item);
    }
    last = items.length;
  }
  return known;
}

/** A row that is no record: what it does shows when it is tried. */
function asItStands(row: Read): Plan {
  if (!("values" in row)) return row;
  return { ...row, outcome: "create", values: filled(row.values), current: null };
}

/** An empty cell of a new record says nothing. */
const filled = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

interface Planning {
  known: Known;
  resource: Resource;
  /** Lines by the record they mean. */
  seen: Map<string, number>;
}

function planRow(row: Read, { known, resource, seen }: Planning): Plan {
  if (!("values" in row)) return row;
  const { id, ...values } = row.values;
  const key = resource.key ?? "id";
  const bad = (field: string, reason: string, remedy: string): Bad => {
    return { line: row.line, label: row.label, outcome: "error", column: row.headerOf[field], reason, remedy };
  };
  const name = values[key] ? String(values[key]).toLowerCase() : null;
  const found = id ? known.byId.get(String(id)) : name ? known.byKey.get(name) : undefined;
  if (id && !found) return bad("id", `There is no record with the id ${id}.`, "Leave the id empty for a new one.");
  if (found === null) return bad(key, "More than one record has this.", "Add a column with its id.");
  if (!found && !resource.create)
    return bad(key, "There is no such record.", "Check it against the list; a file cannot add one here.");
  const same = found?.id ?? name;
  const before = same ? seen.get(same) : undefined;
  if (before) return bad(id ? "id" : key, `Line ${before} is about the same record.`, "Keep one of the two lines.");
  if (same) seen.set(same, row.line);
  const changed = found
    ? Object.fromEntries(Object.entries(values).filter(([field, value]) => differs(found[field], value)))
    : values;
  if (found && !resource.update) delete changed[key];
  const outcome = !found ? "create" : Object.keys(changed).length > 0 ? "update" : "unchanged";
  const set = found ? changed : filled(changed);
  return { line: row.line, label: row.label, outcome, values: set, current: found ?? null, headerOf: row.headerOf };
}

const differs = (now: unknown, wanted: unknown): boolean =>
  JSON.stringify(now ?? null) !== JSON.stringify(wanted ?? null);
