import { useMemo } from "react";
import type { Member } from "#server/workspace/contract";
import { useAct } from "~/providers/act";
import { useConfirm } from "~/ui/confirm";

/** Suspending asks first, since the person is thrown out at once. */
export function useSuspending(onChanged: () => void) {
  const { act } = useAct("members");
  const confirm = useConfirm();
  return useMemo(() => {
    const move = ({ id }: Member, action: "suspend" | "reactivate", done: string) =>
      act({ id, action, done }).then(onChanged, () => {});
    return {
      reactivate: (member: Member) => void move(member, "reactivate", `${member.name} can sign in again`),
      suspend: (member: Member) =>
        confirm({
          title: `Suspend ${member.name}?`,
          content: "They are signed out everywhere at once and cannot sign in until reactivated. Nothing is deleted.",
          act: "Suspend",
          danger: true,
          onAct: () => move(member, "suspend", `${member.name} is suspended`),
        }),
    };
  }, [act, confirm, onChanged]);
}
