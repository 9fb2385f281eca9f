import { App } from "antd";
import { useCallback } from "react";
import { useLeaveGuard } from "~/providers/router";

/**
 * Has the person asked before the page is left with something unsaved; `what` says what would be lost.
 * @returns lets go: the page may be left, since it is saved or gone
 */
export function useUnsaved(unsaved: boolean, what: string): () => void {
  const { modal } = App.useApp();
  const ask = useCallback(
    ({ leave, stay }: { leave(): void; stay(): void }) =>
      void modal.confirm({
        title: "Leave without saving?",
        content: what,
        icon: null,
        okText: "Leave",
        okButtonProps: { danger: true },
        cancelText: "Stay",
        autoFocusButton: "cancel",
        onOk: leave,
        onCancel: stay,
      }),
    [modal, what],
  );
  return useLeaveGuard(unsaved, ask);
}
