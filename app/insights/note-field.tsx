import { Input } from "antd";
import { useId, useMemo, useState } from "react";
import type { ChangeSet } from "#server/insights/change-contract";
import { can } from "~/providers/access-control";
import { API_URL, type ApiError, createHttp } from "~/providers/data";
import { useViewer } from "~/shell/viewer";

/** Why it was done, for those who look later; kept when one leaves the field. */
export function NoteField({ set }: { set: Pick<ChangeSet, "id" | "note" | "state"> }) {
  const [note, setNote] = useState(set.note);
  const [kept, setKept] = useState(set.note);
  const [failure, setFailure] = useState<string | null>(null);
  const http = useMemo(createHttp, []);
  const id = useId();
  const mayWrite = can(useViewer(), "campaigns.write");
  if (set.state === "discarded" || !mayWrite) return set.note ? <p>{set.note}</p> : null;
  const keep = async () => {
    if (note.trim() === kept) return;
    try {
      await http.patch(`${API_URL}/change-sets/${set.id}`, { note: note.trim() });
      setKept(note.trim());
      setFailure(null);
    } catch (thrown) {
      setFailure((thrown as ApiError).message);
    }
  };
  return (
    <div className="tm-note">
      <label htmlFor={id}>Note</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        placeholder="Why, for those who look later"
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onBlur={() => void keep()}
      />
      {failure ? <p role="alert">{failure}</p> : null}
    </div>
  );
}
