// A REST resource, declared by a slice in its api.ts and served by server/api. The OpenAPI document is made from the same value.
import type { z } from "zod";
import type { Command } from "./command";
import type { Permission, TxCtx } from "./context";
import type { ListQuery, ListResult } from "./query";

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
}

export interface GetSpec<T> {
  permission: Permission;
  /** @throws {AppError} not_found, also for what the actor may not see */
  run(ctx: TxCtx, id: string): Promise<T>;
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
}

type Writes = "create" | "update" | "remove" | "actions" | "collectionActions";

/** A command of any input: each parses its own. */
type AnyCommand = Pick<Command, "spec"> | { spec: { name: string; permission: Permission; input: z.ZodType } };

interface ResourceWrites {
  create?: AnyCommand;
  update?: AnyCommand;
  remove?: AnyCommand;
  actions?: Record<string, AnyCommand>;
  collectionActions?: Record<string, AnyCommand>;
}

/** Ties the item's schema to what list and get return. */
export function resource<S extends z.ZodObject>(
  spec: Omit<Resource<z.input<S>>, "item" | Writes> & { item: S } & ResourceWrites,
): Resource {
  return spec as unknown as Resource;
}
