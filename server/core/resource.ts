// A REST resource, declared by a slice in its api.ts and served by server/api. The OpenAPI document is made from the same value.
import type { z } from "zod";
import type { Command } from "./command";
import type { Ctx, Permission, TxCtx } from "./context";
import type { ListQuery, ListResult, NumbersNote } from "./query";

/** `text`, `id` and `enum` filter by equality, `date`, `number` also by range, `text` also by part. */
export type FilterKind = "id" | "text" | "date" | "number" | "boolean" | readonly string[];

export interface ListSpec<T> {
  /** Needed for at least one brand; `run` narrows to the brands of the actor. */
  permission: Permission;
  filter: Record<string, FilterKind>;
  sort: readonly string[];
  /** Is `q` (free text) understood? */
  search?: boolean;
  /** Read-only, in a transaction of its own. */
  run(ctx: TxCtx, query: ListQuery): Promise<ListResult<T>>;
  /** Fields that are known only when the list is asked for, such as metrics of the agency's own. */
  fields?(ctx: TxCtx, query: ListQuery): Promise<Record<string, FieldSpec>>;
  /** Of a list of numbers: what its files say of them. */
  note?(ctx: TxCtx, query: ListQuery): Promise<NumbersNote>;
  /** The columns of its files and how they are called, where both depend on what is asked for. */
  columns?(ctx: TxCtx, query: ListQuery): Promise<{ called: string; columns: readonly OwnColumn[] }>;
}

/** A column that no field of the resource describes. */
export interface OwnColumn {
  key: string;
  label: string;
  kind: ValueKind;
  whole?: boolean;
  read(item: Record<string, unknown>): unknown;
}

export interface GetSpec<T> {
  permission: Permission;
  /** @throws {AppError} not_found, also for what the actor may not see */
  run(ctx: TxCtx, id: string): Promise<T>;
}

export type ValueKind = "text" | "money" | "number" | "percent" | "date" | "moment" | "enum" | "boolean" | "reference";

export interface Measure {
  unit: "count" | "money" | "percent" | "multiple";
  formula: string;
}

/** What the item's schema cannot say of a field. Money is micros of `currency`, percent a plain ratio. */
export interface FieldSpec {
  label?: string;
  kind?: ValueKind;
  unit?: string;
  /** Of a number: it counts. */
  whole?: boolean;
  /** Its values in words. */
  words?: Readonly<Record<string, string>>;
  /** The resource whose record it names. */
  of?: string;
  /** The field that holds the currency of its money. */
  currency?: string;
  /** Of a metric: how it is worked out, which a file's receipt says. */
  measure?: Measure;
  /** Fields that a file has beside it: what it was, how settled it is. */
  beside?: readonly string[];
  /** Whether its column waits to be chosen. */
  optional?: boolean;
  /** Of no use to people. */
  hidden?: boolean;
  /** The word that stands for every record of `of`. */
  everyone?: string;
  /** Where the value is, if not in the item under the field's name. */
  read?(item: Record<string, unknown>): unknown;
}

/** An act on each of many records, where it is more than one of the resource's actions. */
export interface BulkSpec {
  label: string;
  permission: Permission;
  /** What is asked for besides the records. */
  input: z.ZodObject;
  /** @returns what to give this act to take it back for this record; @throws {AppError} why it cannot be done */
  run(ctx: Ctx, id: string, input: Record<string, unknown>): Promise<{ undo: object | null }>;
}

export interface Resource<T = unknown> {
  /** URL segment: plural, kebab-case. */
  name: string;
  /** Singular, for people. */
  title: string;
  /** One sentence for the API document. */
  description: string;
  item: z.ZodObject;
  list?: ListSpec<T>;
  get?: GetSpec<T>;
  /** POST /name */
  create?: Command;
  /** PATCH /name/:id; the command's input is the body plus `id`. */
  update?: Command;
  /** DELETE /name/:id; the command's input is `{ id }`. */
  remove?: Command;
  /** POST /name/:id/<action>; input is the body plus `id`. */
  actions?: Record<string, Command>;
  /** POST /name/<action>; input is the body. */
  collectionActions?: Record<string, Command>;
  /** The resource whose records these are, seen in another way: bulk acts, edits in tables and files are that one's. */
  seenAs?: Resource;
  fields?: Record<string, FieldSpec>;
  /** Names of actions, where their own are not words enough. */
  actionLabels?: Record<string, string>;
  /** By action: the one that takes it back. */
  inverse?: Record<string, string>;
  /** Actions for one record at a time only. */
  single?: readonly string[];
  bulk?: Record<string, BulkSpec>;
  /** How its records are called in the audit log. */
  auditType?: string;
  /** The field a record is known by in a file, besides its id. */
  key?: string;
  /** What a row of a file does where rows are no records of their own: many may be about one. */
  fileRow?: Command<z.ZodType, FileRowAnswer>;
}

export interface FileRowAnswer {
  outcome: "create" | "update" | "unchanged";
}

type Writes = "create" | "update" | "remove" | "actions" | "collectionActions" | "fileRow";

/** A command of any input: each parses its own. */
type AnyCommand = Pick<Command, "spec"> | { spec: { name: string; permission: Permission; input: z.ZodType } };

interface ResourceWrites {
  create?: AnyCommand;
  update?: AnyCommand;
  remove?: AnyCommand;
  actions?: Record<string, AnyCommand>;
  collectionActions?: Record<string, AnyCommand>;
  fileRow?: AnyCommand;
}

/** The resource with the fields that its list has for this query. */
export async function withListFields(tx: TxCtx, resource: Resource, query: ListQuery): Promise<Resource> {
  const more = await resource.list?.fields?.(tx, query);
  return more ? { ...resource, fields: { ...resource.fields, ...more } } : resource;
}

/** The resource with the writes of the one its records belong to. */
export function withWrites(resource: Resource): Resource {
  const { seenAs } = resource;
  if (!seenAs) return resource;
  const { create, update, actions, actionLabels, inverse, single, bulk, auditType, key, get } = seenAs;
  const fields = { ...seenAs.fields, ...resource.fields };
  const writes = { create, update, actions, actionLabels, inverse, single, bulk, auditType, key, get, fields };
  return { ...resource, ...Object.fromEntries(Object.entries(writes).filter(([, value]) => value !== undefined)) };
}

/** Ties the item's schema to what list and get return. */
export function resource<S extends z.ZodObject>(
  spec: Omit<Resource<z.input<S>>, "item" | Writes> & { item: S } & ResourceWrites,
): Resource {
  return spec as unknown as Resource;
}
