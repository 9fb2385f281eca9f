import { useNotification } from "@refinedev/core";
import { useMemo } from "react";
import type { Brand } from "#server/workspace/contract";
import { useAct } from "~/providers/act";

const UNDO_SECONDS = 5;

/** Archives at once and offers to take it back. */
export function useArchiving(onChanged: () => void) {
  const { act } = useAct("brands");
  const { open } = useNotification();
  return useMemo(() => {
    const move = (brand: Brand, action: "archive" | "restore", done?: string) =>
      act({ id: brand.id, action, ...(done ? { done } : {}) }).then(
        () => {
          onChanged();
          return true;
        },
        () => false,
      );
    const restore = (brand: Brand) => move(brand, "restore", `${brand.name} restored`);
    const archive = async (brand: Brand) => {
      if (!(await move(brand, "archive"))) return;
      open?.({
        key: `archived-${brand.id}`,
        type: "progress",
        message: `${brand.name} archived`,
        undoableTimeout: UNDO_SECONDS,
        cancelMutation: () => void restore(brand),
      });
    };
    return { archive, restore };
  }, [act, open, onChanged]);
}
