// Refine's notices in antd, with undo for acts that wait five seconds before they happen.
import type { NotificationProvider } from "@refinedev/core";
import { App, Button } from "antd";
import { useMemo } from "react";

const SHOWN_SECONDS = 5;

export function useNoticeProvider(): NotificationProvider {
  const { notification } = App.useApp();
  return useMemo(
    () => ({
      open: ({ key, message, description, type, undoableTimeout, cancelMutation }) => {
        const undo = (
          <Button
            size="small"
            onClick={() => {
              cancelMutation?.();
              notification.destroy(key);
            }}
          >
            Undo
          </Button>
        );
        notification.open({
          ...(key ? { key } : {}),
          message: description ?? message,
          ...(description && description !== message ? { description: message } : {}),
          type: type === "progress" ? "info" : type,
          duration: type === "error" ? 0 : (undoableTimeout ?? SHOWN_SECONDS),
          placement: "bottomRight",
          role: type === "error" ? "alert" : "status",
          ...(type === "progress" ? { btn: undo } : {}),
        });
      },
      close: (key) => notification.destroy(key),
    }),
    [notification],
  );
}
