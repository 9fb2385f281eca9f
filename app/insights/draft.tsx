// The person's open draft, as the pages with editable cells share it. It lives on the server: leaving loses nothing.
import { useNotification } from "@refinedev/core";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { ChangeEntity, ChangeSet, ChangeValues, EditOutcome } from "#server/insights/change-contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useViewer } from "~/shell/viewer";

export interface EditInput {
  entity: ChangeEntity;
  ids: string[];
  set?: Record<string, string>;
  raise?: { field: "budget" | "baseBid"; percent?: number; by?: string };
}

export interface Draft {
  set: ChangeSet | null;
  mayEdit: boolean;
  busy: boolean;
  /** What waits for one campaign or ad group. */
  pendingOf(entity: ChangeEntity, id: string): ChangeValues;
  /** @returns what could not be changed, and why; null where nothing was */
  edit(input: EditInput): Promise<EditOutcome["left"] | null>;
  discard(): Promise<void>;
}

const DraftContext = createContext<Draft | null>(null);
const nothing: ChangeValues = {};

export function DraftProvider({ initial, children }: { initial: ChangeSet | null; children: ReactNode }) {
  const [set, setSet] = useState(initial);
  useEffect(() => setSet(initial), [initial]);
  const { act, busy } = useAct("change-sets");
  const { open } = useNotification();
  const mayEdit = can(useViewer(), "campaigns.write");
  const edit = useCallback(
    async (input: EditInput) => {
      try {
        const { draft, left } = await act<EditOutcome>({ action: "edit", input });
        setSet(draft);
        const [first] = left;
        if (first && input.ids.length === 1) open?.({ type: "error", message: `${first.name}: ${first.reason}` });
        return left;
      } catch {
        return null;
      }
    },
    [act, open],
  );
  const id = set?.id;
  const discard = useCallback(async () => {
    if (!id) return;
    await act({ id, action: "discard", done: "Draft discarded" }).then(
      () => setSet(null),
      () => undefined,
    );
  }, [act, id]);
  const value = useMemo((): Draft => {
    const pending = new Map(set?.items?.map((item) => [`${item.entity} ${item.entityId}`, item.after]));
    return {
      set,
      mayEdit,
      busy,
      edit,
      discard,
      pendingOf: (entity, key) => pending.get(`${entity} ${key}`) ?? nothing,
    };
  }, [set, mayEdit, busy, edit, discard]);
  return <DraftContext.Provider value={value}>{children}</DraftContext.Provider>;
}

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error("useDraft is used inside a DraftProvider");
  return draft;
}
