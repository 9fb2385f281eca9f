import { useList } from "@refinedev/core";
import { useCallback } from "react";
import type { Message } from "#server/notifications/contract";
import { useAct } from "~/providers/act";

/** How many messages are unread; follows live news. 0 until it is known. */
export function useUnreadCount(): number {
  const { result } = useList<Message>({
    resource: "messages",
    filters: [{ field: "read", operator: "eq", value: "false" }],
    pagination: { currentPage: 1, pageSize: 1 },
    errorNotification: false,
  });
  return result.total ?? 0;
}

/** Marks messages; failures are said by a notice. */
export function useMarking() {
  const { act, busy } = useAct("messages");
  const mark = useCallback((id: string, action: "read" | "unread") => void act({ id, action }).catch(() => {}), [act]);
  const readAll = useCallback(
    () => void act({ action: "read-all", done: "All messages are marked as read" }).catch(() => {}),
    [act],
  );
  return { mark, readAll, busy };
}
