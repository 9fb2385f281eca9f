// A cell's text as the value its field takes.
import type { Ctx } from "../../core/context";
import { wholeList } from "../../core/query";
import type { Resource } from "../../core/resource";
import type { FieldDescription } from "../describe";
import { toMicros } from "./cells";
import type { Item } from "./find-records";

export class CellError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Ids of the records a column may name, by id, name, email or Amazon's id in small letters; two of one name give null. */
export type Lookups = Map<string, Map<string, string | null>>;

export async function readLookups(
  ctx: Ctx,
  fields: readonly FieldDescription[],
  resources: readonly Resource[],
): Promise<Lookups> {
  const lookups: Lookups = new Map();
  for (const { reference } of fields) {
    const list = resources.find(({ name }) => name === reference)?.list;
    if (!reference || !list || lookups.has(reference) || !ctx.can(list.permission, "anyBrand")) continue;
    const { items } = await ctx.tx((tx) => list.run(tx, wholeList(10_000)));
    const known = new Map<string, string | null>();
    for (const item of items as Item[]) {
      for (const name of [item.id, item.name, item.email]) {
        const key = typeof name === "string" ? name.toLowerCase() : "";
        if (key) known.set(key, known.has(key) && known.get(key) !== item.id ? null : item.id);
      }
    }
    lookups.set(reference, known);
  }
  return lookups;
}

/** @throws {CellError} */
export function readCell(text: string, field: FieldDescription, lookups: Lookups): unknown {
  if (field.many) {
    const one = { ...field, label: field.label.replace(/s$/, ""), many: false };
    return text.split(/[;|]/).flatMap((part) => (part.trim() ? [readCell(part.trim(), one, lookups)] : []));
  }
  if (text === "") return null;
  if (field.everyone && text.toLowerCase() === field.everyone) return field.everyone;
  switch (field.kind) {
    case "money": {
      const micros = toMicros(text);
      if (micros === null)
        throw new CellError(`"${text}" is no amount.`, "Write it like 1250.50, without currency or thousands.");
      return micros;
    }
    case "number":
    case "percent":
      if (!/^-?\d+(\.\d+)?$/.test(text)) throw new CellError(`"${text}" is no number.`, "Write it like 12.5.");
      return Number(text);
    case "boolean":
      if (!/^(true|false|yes|no)$/i.test(text))
        throw new CellError(`"${text}" is neither yes nor no.`, "Write true or false.");
      return /^(true|yes)$/i.test(text);
    case "enum":
      return readEnum(text, field);
    case "reference":
      return readReference(text, field, lookups);
    case "text":
    case "date":
    case "moment":
      return text;
    default:
      return field.kind satisfies never;
  }
}

function readEnum(text: string, { values = [] }: FieldDescription): string {
  const found = values.find(({ value, label }) =>
    [value, label].some((name) => name.toLowerCase() === text.toLowerCase()),
  );
  if (found) return found.value;
  throw new CellError(`"${text}" is not known.`, `Write one of: ${values.map(({ label }) => label).join(", ")}.`);
}

function readReference(text: string, { reference = "", label }: FieldDescription, lookups: Lookups): string {
  const noun = label.replace(/ id$/, "").toLowerCase();
  const found = lookups.get(reference)?.get(text.toLowerCase());
  if (found) return found;
  if (found === null) throw new CellError(`There is more than one ${noun} called "${text}".`, "Write its id instead.");
  throw new CellError(`There is no ${noun} called "${text}".`, "Write its name as the list shows it, or its id.");
}
