import { useInvalidate, useNotification } from "@refinedev/core";
import { useCallback, useMemo, useState } from "react";
import { type ApiError, actionUrl, createHttp } from "./data";

export interface Act {
  /** Without an id it is an action of the whole collection. */
  id?: string;
  action: string;
  input?: object;
  /** What to say when done: "Account disconnected". */
  done?: string;
}

/** Runs actions of a resource, tells the outcome, and has every list of it read again. */
export function useAct(resource: string) {
  const [busy, setBusy] = useState(false);
  const { open } = useNotification();
  const invalidate = useInvalidate();
  const http = useMemo(createHttp, []);
  const act = useCallback(
    async <T = unknown>({ id, action, input = {}, done }: Act): Promise<T> => {
      setBusy(true);
      try {
        const path = id === undefined ? actionUrl(resource, action) : actionUrl(resource, id, action);
        const { data } = await http.post<T>(path, input);
        if (done) open?.({ type: "success", message: done });
        await invalidate({ resource, invalidates: ["resourceAll"] });
        return data;
      } catch (thrown) {
        const error = thrown as ApiError;
        open?.({ type: "error", message: error.message, ...(error.remedy ? { description: error.remedy } : {}) });
        throw thrown;
      } finally {
        setBusy(false);
      }
    },
    [resource, http, open, invalidate],
  );
  return { act, busy };
}
