// A resource in words that pages, exports, imports and the API document share: fields with label and kind, and actions.
import { z } from "zod";
import type { Command } from "../core/command";
import { kindNameOf } from "../core/filter-contract";
import { type FieldSpec, type Resource, type ValueKind, withWrites } from "../core/resource";

const kinds = ["text", "money", "number", "percent", "date", "moment", "enum", "boolean", "reference"] as const;
const Choice = z.object({ value: z.string(), label: z.string() });

const InputDescription = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(kinds),
  values: z.array(Choice).optional(),
  /** The resource whose record it names. */
  reference: z.string().optional(),
  required: z.boolean(),
});

export const FieldDescription = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(kinds),
  unit: z.string().optional(),
  /** Of a number: it counts. */
  whole: z.boolean().optional(),
  values: z.array(Choice).optional(),
  reference: z.string().optional(),
  /** The word that stands for every record of `reference`. */
  everyone: z.string().optional(),
  /** The field with the currency of its money. */
  currency: z.string().optional(),
  /** Fields that a file has beside it. */
  beside: z.array(z.string()).optional(),
  /** A list of such values. */
  many: z.boolean(),
  /** May be empty. */
  nullable: z.boolean(),
  sortable: z.boolean(),
  filterable: z.boolean(),
  /** Its column waits to be chosen. */
  optional: z.boolean(),
  editable: z.boolean(),
  importable: z.boolean(),
});
export type FieldDescription = z.infer<typeof FieldDescription>;

export const FilterDescription = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(["id", "text", "date", "number", "boolean", "enum"]),
  values: z.array(Choice).optional(),
});
export type FilterDescription = z.infer<typeof FilterDescription>;

export const ActionDescription = z.object({
  name: z.string(),
  label: z.string(),
  /** Of one record, rather than of the whole collection. */
  perRecord: z.boolean(),
  /** Can be done to many records at once. */
  bulk: z.boolean(),
  permission: z.string(),
  /** What it asks for besides the record. */
  inputs: z.array(InputDescription),
});
export type ActionDescription = z.infer<typeof ActionDescription>;

export const ResourceDescription = z.object({
  /** The resource's name. */
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  fields: z.array(FieldDescription),
  /** What its list can be asked for; not all of them are fields. */
  filters: z.array(FilterDescription),
  actions: z.array(ActionDescription),
  /** Needed to read it; null: it has no list. */
  permission: z.string().nullable(),
  /** Needed to change records in the table, or to make them; null where nobody can. */
  updatePermission: z.string().nullable(),
  createPermission: z.string().nullable(),
  searchable: z.boolean(),
  /** Whether its list finds records by their own ids. */
  findable: z.boolean(),
  /** How its records are called in the audit log. */
  auditType: z.string().nullable(),
  /** The field a record is known by in a file; null: files are not taken. */
  key: z.string().nullable(),
});
export type ResourceDescription = z.infer<typeof ResourceDescription>;

export function describeResource(seen: Resource): ResourceDescription {
  const resource = withWrites(seen);
  const { name, description, list, update, create, fileRow, auditType } = resource;
  // One record is called the same wherever it is seen.
  const { title } = seen.seenAs ?? seen;
  const own = Object.entries(resource.item.shape) as [string, z.ZodType][];
  const computed = Object.entries(resource.fields ?? {}).filter(
    ([key, { read }]) => read && !(key in resource.item.shape),
  );
  const fields = [
    ...own.flatMap(([key, schema]) => describeField(resource, key, schema) ?? []),
    ...computed.flatMap(([key]) => describeField(resource, key, z.string().nullable()) ?? []),
  ];
  return {
    id: name,
    name,
    title,
    description,
    fields,
    filters: describeFilters(resource, fields),
    actions: describeActions(resource),
    permission: list?.permission ?? null,
    updatePermission: update?.spec.permission ?? null,
    createPermission: (create ?? fileRow)?.spec.permission ?? null,
    searchable: list?.search ?? false,
    findable: resource.get !== undefined && Object.hasOwn(list?.filter ?? {}, "id"),
    auditType: auditType ?? null,
    key: resource.key ?? null,
  };
}

/** `lastSignedInAt` as "Last signed in". */
export function labelOf(key: string): string {
  const words = key.replace(/(?<=[a-z])(At|Name)$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return (words.charAt(0).toUpperCase() + words.slice(1)).replaceAll("-", " ");
}

const wordOf = (value: string): string => {
  const words = value.replaceAll(/[_-]/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function describeField(resource: Resource, key: string, schema: z.ZodType): FieldDescription | null {
  const spec: FieldSpec = resource.fields?.[key] ?? {};
  const shape = read(schema, key);
  const kind = spec.kind ?? (spec.of ? "reference" : shape.kind);
  if (!kind || spec.hidden || key === "version") return null;
  const values = spec.words ? Object.keys(spec.words) : shape.values;
  const editable = hasInput(resource.update, key);
  const importable = editable || hasInput(resource.create, key) || hasInput(resource.fileRow, key);
  const title = schema.meta()?.title;
  return {
    key,
    label: spec.label ?? title ?? labelOf(key),
    kind: values && kind === "text" ? "enum" : kind,
    ...(spec.unit ? { unit: spec.unit } : {}),
    ...((spec.whole ?? shape.whole) ? { whole: true } : {}),
    ...(values ? { values: values.map((value) => ({ value, label: spec.words?.[value] ?? wordOf(value) })) } : {}),
    ...(spec.of ? { reference: spec.of } : {}),
    ...(spec.everyone ? { everyone: spec.everyone } : {}),
    ...(spec.currency ? { currency: spec.currency } : {}),
    ...(spec.beside ? { beside: [...spec.beside] } : {}),
    many: shape.many,
    nullable: shape.nullable,
    sortable: resource.list?.sort.includes(key) ?? false,
    filterable: Object.hasOwn(resource.list?.filter ?? {}, key),
    optional: spec.optional ?? /(^id|Ids?)$/.test(key),
    editable,
    importable: importable || bulkOf(resource, key) !== null,
  };
}

function describeFilters({ list }: Resource, fields: readonly FieldDescription[]): FilterDescription[] {
  return Object.entries(list?.filter ?? {}).map(([key, kind]) => {
    const field = fields.find((one) => one.key === key);
    const wordOfValue = (value: string) => field?.values?.find((one) => one.value === value)?.label ?? wordOf(value);
    return {
      key,
      label: field?.label ?? labelOf(key),
      kind: kindNameOf(kind),
      ...(typeof kind === "string" ? {} : { values: kind.map((value) => ({ value, label: wordOfValue(value) })) }),
    };
  });
}

/** The bulk act that sets a field which no update does: giving an account to a brand. */
export function bulkOf({ bulk = {} }: Resource, key: string): string | null {
  return Object.keys(bulk).find((name) => key in (bulk[name]?.input.shape ?? {})) ?? null;
}

const hasInput = (command: Pick<Command, "spec"> | undefined, key: string): boolean => {
  const input = command?.spec.input;
  return key !== "id" && input instanceof z.ZodObject && key in input.shape;
};

interface Shape {
  kind: ValueKind | null;
  whole?: boolean;
  values?: string[];
  many: boolean;
  nullable: boolean;
}

function read(schema: z.ZodType, key: string): Shape {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return { ...read(schema.unwrap() as z.ZodType, key), nullable: true };
  }
  if (schema instanceof z.ZodPipe) return read(schema.in as z.ZodType, key);
  if (schema instanceof z.ZodArray) {
    const inner = read(schema.element as z.ZodType, key);
    return { ...inner, kind: inner.many ? null : inner.kind, many: true };
  }
  const one = { many: false, nullable: false };
  if (schema instanceof z.ZodEnum) return { ...one, kind: "enum", values: schema.options.map(String) };
  if (schema instanceof z.ZodBoolean) return { ...one, kind: "boolean" };
  if (schema instanceof z.ZodNumber) return { ...one, kind: "number", whole: schema.isInt };
  if (schema instanceof z.ZodISODateTime) return { ...one, kind: "moment" };
  if (schema instanceof z.ZodISODate) return { ...one, kind: "date" };
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) {
    return { ...one, kind: /[a-z]At$/.test(key) ? "moment" : "text" };
  }
  return { ...one, kind: null };
}

function describeActions(resource: Resource): ResourceDescription["actions"] {
  const { actions = {}, collectionActions = {}, bulk = {}, actionLabels = {}, single = [] } = resource;
  const label = (name: string) => actionLabels[name] ?? wordOf(name);
  const perRecord = Object.entries(actions).map(([name, { spec }]) => {
    const inputs = describeInputs(resource, spec.input);
    return {
      name,
      label: label(name),
      perRecord: true,
      bulk: inputs.length === 0 && !single.includes(name),
      permission: spec.permission,
      inputs,
    };
  });
  const ofMany = Object.entries(bulk).map(([name, spec]) => ({
    name,
    label: spec.label,
    perRecord: true,
    bulk: true,
    permission: spec.permission,
    inputs: describeInputs(resource, spec.input),
  }));
  const ofAll = Object.entries(collectionActions)
    .filter(([name]) => !(name in bulk))
    .map(([name, { spec }]) => ({
      name,
      label: label(name),
      perRecord: false,
      bulk: false,
      permission: spec.permission,
      inputs: describeInputs(resource, spec.input),
    }));
  return [...perRecord, ...ofMany, ...ofAll];
}

function describeInputs(resource: Resource, input: z.ZodType): z.infer<typeof InputDescription>[] {
  if (!(input instanceof z.ZodObject)) return [];
  return (Object.entries(input.shape) as [string, z.ZodType][]).flatMap(([key, schema]) => {
    const shape = read(schema, key);
    const spec = resource.fields?.[key] ?? {};
    if (key === "id" || !shape.kind) return [];
    const values = shape.values?.map((value) => ({ value, label: spec.words?.[value] ?? wordOf(value) }));
    return [
      {
        key,
        label: spec.label ?? labelOf(key),
        kind: spec.kind ?? (spec.of ? "reference" : shape.kind),
        ...(values ? { values } : {}),
        ...(spec.of ? { reference: spec.of } : {}),
        required: !shape.nullable,
      },
    ];
  });
}
