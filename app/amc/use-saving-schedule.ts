import { useInvalidate, useNotification } from "@refinedev/core";
import { useMemo, useState } from "react";
import type { AmcSchedule } from "#server/amc/schedule-contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { useReread } from "~/revalidate";
import { usePlace } from "~/shell/use-place";
import type { ScheduleDraft } from "./schedule-form";

/** Makes a schedule or changes the one given. `said` is what the server could not take. */
export function useSavingSchedule(schedule: AmcSchedule | null) {
  const http = useMemo(createHttp, []);
  const { goTo } = usePlace();
  const { open } = useNotification();
  const invalidate = useInvalidate();
  const reread = useReread();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<ApiError | null>(null);
  const save = async ({ name, templateId, pinnedVersion, instanceIds, values, window, ...when }: ScheduleDraft) => {
    const { cron, timeZone, missed, paused } = when;
    const input = { name, templateId, pinnedVersion, instanceIds, values, window, cron, timeZone, missed, paused };
    setBusy(true);
    setSaid(null);
    try {
      const { data } = schedule
        ? await http.patch<AmcSchedule>(actionUrl("amc-schedules", schedule.id), {
            ...input,
            version: schedule.version,
          })
        : await http.post<AmcSchedule>(actionUrl("amc-schedules"), input);
      open?.({ type: "success", message: `Schedule saved: ${data.name}` });
      await invalidate({ resource: "amc-schedules", invalidates: ["resourceAll"] });
      if (schedule) reread();
      else goTo(`/amc/schedules/${data.id}`);
    } catch (thrown) {
      setSaid(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, said };
}
