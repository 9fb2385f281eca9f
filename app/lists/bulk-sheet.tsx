import { Alert, Button, Drawer } from "antd";
import { useState } from "react";
import type { ActionDescription, ResourceDescription } from "#server/api/describe";
import type { BulkAnswer } from "#server/api/lists/contract";
import type { ApiError } from "~/providers/data";
import { heldWhile } from "~/ui/held-drawer";
import type { BulkForm } from "./bulk-form";
import { BulkResults } from "./bulk-results";
import { DescribedFields } from "./described-fields";
import { type BulkRequest, useSendMany } from "./send-many";
import { countWords } from "./words";

export interface BulkSheetProps {
  open: boolean;
  onClose: () => void;
  /** Called once something was done. */
  onDone: () => void;
  description: ResourceDescription;
  action: ActionDescription;
  /** Plural noun of the rows. */
  what: string;
  ids: string[];
  /** All that match the list's query, instead of ids. */
  matching: { query: string; count: number } | null;
  /** Names of the rows that are on the screen. */
  names: Record<string, string>;
  form?: BulkForm | undefined;
}

const NAMED = 20;

/** Says what will change, does it in one request, and shows what became of each record. */
export default function BulkSheet(props: BulkSheetProps) {
  const { open, onClose, onDone, description, action, what, ids, matching, form } = props;
  const { bulk, offerUndo } = useSendMany(description.name);
  const [value, setValue] = useState<Record<string, unknown>>({});
  const [sent, setSent] = useState<Record<string, unknown>>({});
  const [answer, setAnswer] = useState<BulkAnswer | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const count = matching?.count ?? ids.length;
  const title = `${action.label} ${countWords(count, what, description)}`;
  const isReady = form
    ? form.isReady(value)
    : action.inputs.every(({ key, required }) => !required || value[key] !== undefined);

  const close = () => {
    onClose();
    if (answer) onDone();
    setAnswer(null);
    setFailure(null);
    setValue({});
  };
  const send = async (records: Pick<BulkRequest, "ids" | "matching">, input: Record<string, unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      const next = await bulk({ action: action.name, ...records, input });
      setAnswer((before) => (before ? merged(before, next) : next));
      offerUndo(next.results, `${action.label}: ${countWords(next.done, what, description)} done`);
    } catch (thrown) {
      setFailure(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  const start = async () => {
    setBusy(true);
    try {
      const input = form?.toInput ? await form.toInput(value) : value;
      setSent(input);
      await send(matching ? { matching } : { ids }, input);
    } catch (thrown) {
      setFailure(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  const failedIds = answer?.results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id) ?? [];

  return (
    <Drawer
      open={open}
      onClose={close}
      {...heldWhile(busy)}
      title={title}
      width="min(520px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button disabled={busy} onClick={close}>
            {answer ? "Close" : "Cancel"}
          </Button>
          {failedIds.length > 0 ? (
            <Button loading={busy} onClick={() => send({ ids: failedIds }, sent)}>
              Retry {failedIds.length} failed
            </Button>
          ) : null}
          {answer ? null : (
            <Button type="primary" disabled={!isReady} loading={busy} onClick={start}>
              {title}
            </Button>
          )}
        </div>
      }
    >
      {failure ? (
        <Alert
          type="error"
          showIcon
          message={failure.message}
          description={failure.remedy}
          className="tm-form-failure"
        />
      ) : null}
      {answer ? (
        <BulkResults answer={answer} description={description} what={what} />
      ) : (
        <div className="tm-stack">
          {form ? (
            <form.Fields value={value} onChange={setValue} />
          ) : (
            <DescribedFields inputs={action.inputs} value={value} onChange={setValue} />
          )}
          <Preview {...props} count={count} />
        </div>
      )}
    </Drawer>
  );
}

/** The later answer counts for the records it is about. */
function merged(before: BulkAnswer, next: BulkAnswer): BulkAnswer {
  const again = new Map(next.results.map((result) => [result.id, result]));
  const results = before.results.map((result) => again.get(result.id) ?? result);
  const failed = results.filter(({ outcome }) => outcome === "failed").length;
  return { results, failed, done: results.length - failed };
}

function Preview({ ids, names, matching, what, description, action, count }: BulkSheetProps & { count: number }) {
  const known = matching ? [] : ids.filter((id) => names[id]).slice(0, NAMED);
  const unseen = count - known.length;
  return (
    <>
      <p className="tm-muted">
        {action.label} will change {countWords(count, what, description)}
        {matching ? ", all that match the list's search and filters" : ""}:
      </p>
      <ul className="tm-plain-list">
        {known.map((id) => (
          <li key={id}>{names[id]}</li>
        ))}
        {unseen > 0 ? (
          <li className="tm-muted">{known.length > 0 ? `and ${unseen} more` : `${unseen} not listed here`}</li>
        ) : null}
      </ul>
    </>
  );
}
