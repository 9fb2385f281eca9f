import { useInvalidate, useNotification } from "@refinedev/core";
import { useMemo } from "react";
import type { BulkAnswer, BulkResult, ChangeAnswer, ImportAnswer, ImportMode } from "#server/api/lists/contract";
import { actionUrl, createHttp } from "~/providers/data";

const UNDO_SECONDS = 5;

export interface BulkRequest {
  action: string;
  ids?: string[];
  matching?: { query: string; count: number };
  rows?: { id: string; input: Record<string, unknown> }[];
  input?: Record<string, unknown>;
}

export interface CellChange {
  id: string;
  version: number;
  set: Record<string, unknown>;
}

/** Requests about many records of a resource; lists of it read again afterwards. @throws {ApiError} */
export function useSendMany(resource: string) {
  const invalidate = useInvalidate();
  const { open } = useNotification();
  return useMemo(() => {
    const http = createHttp();
    const again = () => invalidate({ resource, invalidates: ["resourceAll"] });
    const bulk = async (request: BulkRequest): Promise<BulkAnswer> => {
      const { data } = await http.post<BulkAnswer>(actionUrl(resource, "bulk"), request);
      await again();
      return data;
    };
    const takeBack = async (results: readonly BulkResult[]) => {
      const undos = results.flatMap(({ id, undo }) => (undo ? [{ id, ...undo }] : []));
      for (const action of new Set(undos.map((undo) => undo.action))) {
        const rows = undos.filter((undo) => undo.action === action).map(({ id, input }) => ({ id, input }));
        const { failed, done } = await bulk({ action, rows });
        open?.({
          type: failed > 0 ? "error" : "success",
          message: failed > 0 ? `${failed} of ${done + failed} could not be taken back` : "Taken back",
        });
      }
    };
    return {
      bulk,
      takeBack,
      /** Offers for 5 s to take back what was done. */
      offerUndo: (results: readonly BulkResult[], words: string) => {
        if (!results.some(({ undo }) => undo)) return;
        open?.({
          key: `bulk-${resource}-${results[0]?.id}`,
          type: "progress",
          message: words,
          undoableTimeout: UNDO_SECONDS,
          cancelMutation: () => void takeBack(results).catch(() => {}),
        });
      },
      change: async (changes: CellChange[]): Promise<ChangeAnswer> => {
        const { data } = await http.patch<ChangeAnswer>(actionUrl(resource), { changes });
        await again();
        return data;
      },
      importRows: async (csv: string, columns: Record<string, string | null> | null, mode: ImportMode) => {
        const body = { csv, mode, ...(columns ? { columns } : {}) };
        const { data } = await http.post<ImportAnswer>(actionUrl(resource, "import"), body);
        if (data.written > 0) await again();
        return data;
      },
    };
  }, [resource, invalidate, open]);
}
