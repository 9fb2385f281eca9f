import { Button } from "antd";
import { useConfirm } from "~/ui/confirm";
import { LinkButton } from "~/ui/link-button";
import { count } from "./change-words";
import { useDraft } from "./draft";

/** What waits, at the bottom of the page while one edits. */
export function DraftBar() {
  const { set, busy, discard } = useDraft();
  const confirm = useConfirm();
  if (!set || set.counts.changes === 0) return null;
  const { changes, campaigns } = set.counts;
  const ask = () =>
    confirm({
      title: `Discard ${count(changes, "change")}?`,
      content: "Amazon has not heard of them; nothing there changes.",
      act: "Discard",
      danger: true,
      onAct: discard,
    });
  return (
    <section className="tm-draft-bar" aria-label="Your changes">
      <span aria-live="polite">
        <strong>{count(changes, "change")}</strong> in {count(campaigns, "campaign")}, not sent yet
      </span>
      <LinkButton to={`/changes/${set.id}`} type="primary">
        Review
      </LinkButton>
      <Button onClick={ask} disabled={busy}>
        Discard
      </Button>
    </section>
  );
}
