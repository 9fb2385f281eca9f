import { useDelete } from "@refinedev/core";
import { Button } from "antd";
import type { AmcSchedule } from "#server/amc/schedule-contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import type { ApiError } from "~/providers/data";
import { useReread } from "~/revalidate";
import { usePlace } from "~/shell/use-place";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";

interface ScheduleActsProps {
  schedule: AmcSchedule;
  /** It is deleted: nothing of it is left to save. */
  onGone(): void;
}

export function ScheduleActs({ schedule: { id, name, paused }, onGone }: ScheduleActsProps) {
  const mayWrite = can(useViewer(), "amc.write");
  const { act, busy } = useAct("amc-schedules");
  const { mutateAsync } = useDelete();
  const { goTo } = usePlace();
  const reread = useReread();
  const confirm = useConfirm();
  if (!mayWrite) return null;
  const toggle = () =>
    act({ id, action: paused ? "resume" : "pause", done: paused ? `Active again: ${name}` : `Paused: ${name}` }).then(
      reread,
      () => {},
    );
  const remove = () =>
    confirm({
      title: `Delete the schedule ${name}?`,
      content: "Nothing is asked by it any more. Its runs and their answers stay.",
      act: "Delete schedule",
      danger: true,
      onAct: () =>
        mutateAsync({
          resource: "amc-schedules",
          id,
          successNotification: { message: `Schedule deleted: ${name}`, type: "success" },
          errorNotification: (error) => ({
            message: (error as ApiError).message,
            description: (error as ApiError).remedy ?? "",
            type: "error",
          }),
        }).then(
          () => {
            onGone();
            goTo("/amc/schedules");
          },
          () => {},
        ),
    });
  return (
    <>
      <Button onClick={remove}>Delete</Button>
      <Button disabled={busy} onClick={() => void toggle()}>
        {paused ? "Resume" : "Pause"}
      </Button>
    </>
  );
}
