import { useNotification } from "@refinedev/core";
import { useCallback } from "react";
import type { AssignedAccount } from "#server/connections/contract";
import { useAct } from "~/providers/act";
import { plural } from "./words";

const UNDO_SECONDS = 5;

interface Assigned {
  id: string;
  brandId: string | null;
}

export interface Assignment {
  accountIds: string[];
  brandId: string | null;
  /** The accounts as they are now; what is not among them cannot be taken back. */
  known: readonly Assigned[];
  onUndo?: () => void;
}

const asNow = (account: Assigned) => ({ id: account.id, brandId: account.brandId });

/** Assigns at once and offers to give each account back to the brand it had. */
export function useAssigning() {
  const { act, busy } = useAct("accounts");
  const { open } = useNotification();
  const send = useCallback(
    (accountIds: string[], brandId: string | null) =>
      act<{ results: AssignedAccount[] }>({ action: "assign", input: { accountIds, brandId } }),
    [act],
  );
  const assign = useCallback(
    async ({ accountIds, brandId, known, onUndo }: Assignment) => {
      const before = known.map(asNow);
      const { results } = await send(accountIds, brandId);
      const moved = results.filter(({ outcome }) => outcome === "assigned");
      const back = before.filter(({ id }) => moved.some(({ accountId }) => accountId === id));
      if (moved.length > 0 && back.length === moved.length) {
        open?.({
          key: `assigned-${moved[0]?.accountId}`,
          type: "progress",
          message: `${(moved.length === 1 && moved[0]?.name) || plural(moved.length, "account")} assigned`,
          undoableTimeout: UNDO_SECONDS,
          cancelMutation: () => {
            onUndo?.();
            void giveBack(back, send);
          },
        });
      }
      return results;
    },
    [send, open],
  );
  return { assign, busy };
}

async function giveBack(accounts: Assigned[], send: (ids: string[], brandId: string | null) => Promise<unknown>) {
  for (const brandId of new Set(accounts.map((account) => account.brandId))) {
    const ids = accounts.filter((account) => account.brandId === brandId).map(({ id }) => id);
    // A refusal is told by the act itself.
    await send(ids, brandId).catch(() => {});
  }
}
