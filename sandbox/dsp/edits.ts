// What clients changed: partial objects laid over the world's own, by kind and id.

export type EntityKind = "campaign" | "adGroup" | "ad";
export type Patch = Record<string, unknown>;

export interface Edits {
  any(): boolean;
  of(kind: EntityKind, id: string): Patch | undefined;
  apply(kind: EntityKind, id: string, patch: Patch): void;
  state(): Record<string, Patch>;
}

export function createEdits(saved: Record<string, Patch> | undefined, onChange: () => void): Edits {
  const edits = new Map(Object.entries(saved ?? {}));
  return {
    any: () => edits.size > 0,
    of: (kind, id) => edits.get(`${kind}:${id}`),
    apply(kind, id, patch) {
      edits.set(`${kind}:${id}`, { ...edits.get(`${kind}:${id}`), ...patch });
      onChange();
    },
    state: () => Object.fromEntries(edits),
  };
}
