import { useCallback, useMemo, useState } from "react";
import type { ChangeResult } from "#server/api/lists/contract";
import type { ApiError } from "~/providers/data";
import { useSendMany } from "./send-many";

export interface Versioned extends Record<string, unknown> {
  id: string;
  version: number;
}

interface Change {
  row: Versioned;
  set: Record<string, unknown>;
  /** What came of saving it, where it was not saved. */
  refused: ChangeResult | null;
}

export interface Changes {
  all: Change[];
  /** Cells that differ. */
  count: number;
  valueOf(row: Versioned, field: string): unknown;
  isChanged(id: string, field: string): boolean;
  set(row: Versioned, field: string, value: unknown): void;
  drop(id: string): void;
  /** Keeps mine and saves over what somebody else did. */
  keepMine(id: string): void;
  discard(): void;
  save(): Promise<void>;
  saving: boolean;
  failure: ApiError | null;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Edits of cells, kept until they are saved in one request or discarded. */
export function useChanges(resource: string): Changes {
  const { change } = useSendMany(resource);
  const [byId, setById] = useState<ReadonlyMap<string, Change>>(new Map());
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);

  const edit = useCallback(
    (id: string, next: (before: Change | undefined) => Change | null) =>
      setById((before) => {
        const after = new Map(before);
        const made = next(before.get(id));
        if (made) after.set(id, made);
        else after.delete(id);
        return after;
      }),
    [],
  );
  const save = useCallback(async () => {
    setSaving(true);
    setFailure(null);
    try {
      const changes = [...byId.values()].map(({ row, set }) => ({ id: row.id, version: row.version, set }));
      const { results } = await change(changes);
      for (const result of results)
        edit(result.id, (before) => (result.outcome === "done" || !before ? null : { ...before, refused: result }));
    } catch (thrown) {
      setFailure(thrown as ApiError);
    } finally {
      setSaving(false);
    }
  }, [byId, change, edit]);

  return useMemo(() => {
    const all = [...byId.values()];
    return {
      all,
      count: all.reduce((sum, { set }) => sum + Object.keys(set).length, 0),
      valueOf: (row, field) => {
        const set = byId.get(row.id)?.set ?? {};
        return field in set ? set[field] : row[field];
      },
      isChanged: (id, field) => field in (byId.get(id)?.set ?? {}),
      set: (row, field, value) =>
        edit(row.id, (before) => {
          const base = before?.row ?? row;
          const { [field]: _, ...rest } = before?.set ?? {};
          const set = same(base[field], value) ? rest : { ...rest, [field]: value };
          return Object.keys(set).length > 0 ? { row: base, set, refused: before?.refused ?? null } : null;
        }),
      drop: (id) => edit(id, () => null),
      keepMine: (id) =>
        edit(id, (before) => {
          const current = before?.refused?.current;
          return before && current ? { ...before, row: current as Versioned, refused: null } : (before ?? null);
        }),
      discard: () => {
        setById(new Map());
        setFailure(null);
      },
      save,
      saving,
      failure,
    };
  }, [byId, edit, save, saving, failure]);
}
