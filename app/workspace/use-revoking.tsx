import { useCallback } from "react";
import type { ApiKey } from "#server/workspace/key-contract";
import { useAct } from "~/providers/act";
import { useConfirm } from "~/ui/confirm";

/** Asks, then ends a key. */
export function useRevoking(): (key: ApiKey) => void {
  const { act } = useAct("api-keys");
  const confirm = useConfirm();
  return useCallback(
    (key: ApiKey) =>
      confirm({
        title: `Revoke "${key.name}"?`,
        content: (
          <>
            Whatever still uses <code>{key.start}…</code> is refused from now on. This cannot be undone.
          </>
        ),
        act: "Revoke",
        danger: true,
        onAct: () => act({ id: key.id, action: "revoke", done: "Key revoked" }).catch(() => {}),
      }),
    [act, confirm],
  );
}
