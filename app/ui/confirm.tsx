import { App } from "antd";
import type { ReactNode } from "react";

export interface ConfirmOptions {
  /** The question, such as "Disconnect Acme's Amazon account?". */
  title: string;
  /** What will change, and what will not. */
  content?: ReactNode;
  /** Names the act: "Disconnect". */
  act: string;
  danger?: boolean;
  /** The dialog stays open with a busy button until this settles. */
  onAct: () => Promise<unknown> | unknown;
}

/** Asks before an act that cannot be undone. Focus returns to where it was. */
export function useConfirm(): (options: ConfirmOptions) => void {
  const { modal } = App.useApp();
  return ({ title, content, act, danger = false, onAct }) => {
    modal.confirm({
      title,
      content,
      icon: null,
      okText: act,
      cancelText: "Cancel",
      okButtonProps: { danger },
      autoFocusButton: danger ? "cancel" : "ok",
      onOk: async () => {
        await onAct();
      },
    });
  };
}
