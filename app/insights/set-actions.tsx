import { Button } from "antd";
import { type ChangeItem, type ChangeSet, mayTryAgain } from "#server/insights/change-contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { usePlace } from "~/shell/use-place";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { count } from "./change-words";

const isBlocked = ({ findings }: ChangeItem): boolean => findings.some(({ kind }) => kind === "problem");

const changesOf = (items: ChangeItem[]): number => items.reduce((sum, { after }) => sum + Object.keys(after).length, 0);

/** What can be done with the whole set, by its state. */
export function SetActions({ set, onChanged }: { set: ChangeSet; onChanged: () => void }) {
  const { act, busy } = useAct("change-sets");
  const confirm = useConfirm();
  const { goTo } = usePlace();
  if (!can(useViewer(), "campaigns.write")) return null;
  const run = (action: string, input: object = {}, done?: string) =>
    act<ChangeSet>({ id: set.id, action, input, ...(done ? { done } : {}) }).then(
      (answer) => {
        onChanged();
        return answer;
      },
      () => null,
    );
  if (set.state === "draft") {
    const sendable = changesOf((set.items ?? []).filter((item) => !isBlocked(item)));
    const discard = () =>
      confirm({
        title: `Discard ${count(set.counts.changes, "change")}?`,
        content: "Amazon has not heard of them; nothing there changes.",
        act: "Discard",
        danger: true,
        onAct: () => run("discard", {}, "Draft discarded"),
      });
    return (
      <>
        <Button onClick={discard} disabled={busy}>
          Discard
        </Button>
        <Button
          type="primary"
          loading={busy}
          disabled={sendable === 0}
          onClick={() => void run("apply", { version: set.version })}
        >
          Apply {count(sendable, "change")} at Amazon
        </Button>
      </>
    );
  }
  const missing = (set.items ?? []).filter(mayTryAgain).map(({ id }) => id);
  const isOver = set.state === "applied" || set.state === "partly";
  const undo = async () => {
    const made = await run("undo");
    if (made) goTo(`/changes/${made.id}`);
  };
  return (
    <>
      {isOver && set.counts.applied > 0 && !set.undoneBy ? (
        <Button loading={busy} onClick={() => void undo()}>
          Undo {count(set.counts.applied, "applied item")}…
        </Button>
      ) : null}
      {missing.length > 0 ? (
        <Button type="primary" loading={busy} onClick={() => void run("resume", { items: missing })}>
          Try {count(missing.length, "item")} again
        </Button>
      ) : null}
    </>
  );
}
