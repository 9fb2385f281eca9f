import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { useDelete } from "@refinedev/core";
import { Button } from "antd";
import { useState } from "react";
import type { Annotation } from "#server/insights/annotation-contract";
import { Link } from "~/providers/router";
import { useConfirm } from "~/ui/confirm";
import { useRangeWords } from "~/ui/date-range-picker";
import { Time } from "~/ui/time";
import { kindWords, morePath } from "./annotation-words";

interface AnnotationListProps {
  items: readonly Annotation[];
  /** Null where notes are only read, as of an earlier moment. */
  onEdit: ((id: string) => void) | null;
}

const shownAtFirst = 6;

export function AnnotationList({ items, onEdit }: AnnotationListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, shownAtFirst);
  if (items.length === 0) return null;
  return (
    <>
      <ul className="tm-note-list" aria-label="Notes on these days">
        {shown.map((item) => (
          <Item key={item.id} item={item} onEdit={onEdit} />
        ))}
      </ul>
      {items.length > shown.length ? (
        <Button size="small" type="link" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      ) : null}
    </>
  );
}

function Item({ item, onEdit }: { item: Annotation } & Pick<AnnotationListProps, "onEdit">) {
  const { id, kind, from, to, text, about, author, at, mayChange } = item;
  const words = useRangeWords();
  const more = morePath(item);
  return (
    <li>
      <span className="tm-note-day">{words({ from, to })}</span>
      <span className="tm-note-kind">
        <span aria-hidden="true">{kindWords[kind].icon}</span> {kindWords[kind].one}
      </span>
      <span className="tm-note-text">
        {text}
        <span className="tm-muted">
          {" "}
          {[about ?? (kind === "note" ? "Whole agency" : null), author].filter(Boolean).join(" · ")} ·{" "}
          <Time at={at} past />
        </span>
        {more ? <Link to={more}> More</Link> : null}
      </span>
      {mayChange && onEdit ? (
        <span className="tm-note-acts">
          <Button
            size="small"
            type="text"
            icon={<EditOutlined />}
            aria-label={`Edit the note of ${words({ from, to })}`}
            onClick={() => onEdit(id)}
          />
          <RemoveNote item={item} />
        </span>
      ) : null}
    </li>
  );
}

function RemoveNote({ item }: { item: Annotation }) {
  const confirm = useConfirm();
  const { mutateAsync } = useDelete();
  const words = useRangeWords();
  const ask = () =>
    confirm({
      title: "Delete this note?",
      content: `"${item.text}" As of an earlier moment it can still be read.`,
      act: "Delete",
      danger: true,
      onAct: () =>
        mutateAsync({
          resource: "annotations",
          id: item.id,
          successNotification: () => ({ message: "Note deleted", type: "success" }),
        }),
    });
  return (
    <Button
      size="small"
      type="text"
      icon={<DeleteOutlined />}
      aria-label={`Delete the note of ${words(item)}`}
      onClick={ask}
    />
  );
}
