import { useNotification } from "@refinedev/core";
import { useMemo, useState } from "react";
import type { AmcWindow } from "#server/amc/contract";
import type { StartBatch, StartExecution, StartedBatch, StartedExecution } from "#server/amc/execution-contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { usePlace } from "~/shell/use-place";

/** A question as a form holds it. */
export interface Asked
  extends Pick<StartExecution, "templateId" | "sql" | "parameters" | "columns" | "chart" | "title" | "values"> {
  instanceIds: string[];
  window: AmcWindow;
  /** Each of the latest weeks or months instead of one window; null: one window. */
  periods: StartBatch["backfill"] | null;
  /** Runs although there is an answer already. */
  anyway?: boolean;
}

/** Starts runs and goes to where they are seen. `said` is what the server could not take. */
export function useAsking(onStarted?: () => void) {
  const http = useMemo(createHttp, []);
  const { goTo } = usePlace();
  const { open } = useNotification();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<ApiError | null>(null);
  const ask = async ({ instanceIds, window, periods, anyway = false, ...question }: Asked) => {
    setBusy(true);
    setSaid(null);
    try {
      const [instanceId] = instanceIds;
      if (instanceIds.length === 1 && !periods) {
        const input = { ...question, instanceId, window, whenIdentical: anyway ? "run" : "reuse" };
        const { data } = await http.post<StartedExecution>(actionUrl("amc-executions"), input);
        for (const warning of data.warnings) open?.({ type: "success", message: warning });
        onStarted?.();
        goTo(`/amc/runs/${data.id}`);
      } else {
        const when = periods ? { backfill: periods } : { window };
        const { data } = await http.post<StartedBatch>(actionUrl("amc-batches"), {
          ...question,
          instanceIds,
          ...when,
          whenIdentical: anyway ? "run" : "reuse",
        });
        const [first, ...others] = data.refused;
        if (first) {
          const more = others.length > 0 ? ` The same holds for ${others.length} more.` : "";
          open?.({ type: "error", message: "Not all runs were started", description: `${first.reason}${more}` });
        }
        onStarted?.();
        goTo(`/amc/runs/batches/${data.id}`);
      }
    } catch (thrown) {
      setSaid(thrown as ApiError);
      setBusy(false);
    }
  };
  return { ask, busy, said };
}
