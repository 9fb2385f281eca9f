// What hangs on a person and must not be left without one when they go. Slices above add their kinds, so that one transaction hands all of it over.
import type { Permission, TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult } from "../core/query";
import { ownKinds } from "./belonging-store";
import { getMember } from "./list-members";
import type { Belonging } from "./role-contract";

export interface BelongingKind {
  /** In the singular and the plural: `connection`, `connections`. */
  words: [one: string, many: string];
  /** Whoever takes it over must hold this for some brand. */
  needs?: Permission;
  list(ctx: TxCtx, userId: string): Promise<{ id: string; label: string }[]>;
  handOver(ctx: TxCtx, move: { from: string; to: string; fromName: string }): Promise<void>;
}

const kinds: BelongingKind[] = [...ownKinds];

export function addBelongingKind(kind: BelongingKind): void {
  if (!kinds.some(({ words }) => words[0] === kind.words[0])) kinds.push(kind);
}

export interface Belongings {
  kind: BelongingKind;
  items: { id: string; label: string }[];
}

export async function belongingsOf(ctx: TxCtx, userId: string): Promise<Belongings[]> {
  const found: Belongings[] = [];
  for (const kind of kinds) {
    const items = await kind.list(ctx, userId);
    if (items.length > 0) found.push({ kind, items });
  }
  return found;
}

/** "2 connections, 1 brand" */
export const belongingWords = (belongings: readonly Belongings[]): string =>
  belongings.map(({ kind, items }) => `${items.length} ${kind.words[items.length === 1 ? 0 : 1]}`).join(", ");

/** Of the members the filter `memberId` names. */
export async function listBelongings(ctx: TxCtx, query: ListQuery): Promise<ListResult<Belonging>> {
  const all: Belonging[] = [];
  for (const memberId of filterValues(query, "memberId") ?? []) {
    const { id: userId } = await getMember(ctx, memberId);
    for (const { kind, items } of await belongingsOf(ctx, userId)) {
      all.push(
        ...items.map(({ id, label }) => ({ id: `${kind.words[0]}:${id}`, memberId, kind: kind.words[0], label })),
      );
    }
  }
  return { items: all.slice(query.start, query.start + query.limit), total: all.length };
}
