import { useInvalidate, useNotification } from "@refinedev/core";
import { useMemo, useState } from "react";
import type { AmcSchedule } from "#server/amc/schedule-contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { useReread } from "~/revalidate";
import { usePlace } from "~/shell/use-place";
import { useUnsaved } from "~/ui/unsaved";
import { isSame } from "./same";
import { type Drafted, draftOf, readAgain, type ScheduleDraft } from "./schedule-draft";

export type HeldSchedule = ReturnType<typeof useScheduleDraft>;

/** A schedule that is made, or changed, and saved. `said` is what the server could not take. */
export function useScheduleDraft(begun: ScheduleDraft, schedule: AmcSchedule | null) {
  const { goTo } = usePlace();
  const { open } = useNotification();
  const invalidate = useInvalidate();
  const reread = useReread();
  const http = useMemo(createHttp, []);
  const [held, hold] = useState<Drafted>({ draft: draftOf(begun), base: schedule });
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<ApiError | null>(null);
  const now = readAgain(held, schedule);
  if (now !== held) hold(now);
  const { draft, base } = now;
  const unsaved = !isSame(draft, draftOf(base ?? begun));
  const release = useUnsaved(unsaved, "What you changed of the schedule is not saved and would be lost.");
  const change = (next: Partial<ScheduleDraft>) => hold((was) => ({ ...was, draft: { ...was.draft, ...next } }));
  const conflicting = [schedule, said?.present as AmcSchedule | undefined];
  const theirs = conflicting.find((one) => one && base && one.version > base.version) ?? null;
  const send = () =>
    base
      ? http.patch<AmcSchedule>(actionUrl("amc-schedules", base.id), { ...draft, version: base.version })
      : http.post<AmcSchedule>(actionUrl("amc-schedules"), draft);
  const save = async () => {
    setBusy(true);
    setSaid(null);
    try {
      const { data } = await send();
      open?.({ type: "success", message: `Schedule saved: ${data.name}` });
      await invalidate({ resource: "amc-schedules", invalidates: ["resourceAll"] });
      if (base) {
        hold({ base: data, draft: draftOf(data) });
        reread();
      } else {
        release();
        goTo(`/amc/schedules/${data.id}`);
      }
    } catch (thrown) {
      setSaid(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  const settle = (keep: "theirs" | "mine") => {
    if (theirs) hold({ base: theirs, draft: keep === "theirs" ? draftOf(theirs) : draft });
    setSaid(null);
  };
  return { draft, change, scheduleId: base?.id ?? null, save, busy, said, theirs, settle, release };
}
