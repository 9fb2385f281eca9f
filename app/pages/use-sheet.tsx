import { Alert, Button, Drawer, Form } from "antd";
import { useMemo, useState } from "react";
import type { ResourceDescription } from "#server/api/describe";
import { confirmWords, type OfferedAction, readForm } from "#server/pages/action-contract";
import type { UseAnswer } from "#server/pages/run-contract";
import { countWords } from "~/lists/words";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { heldWhile } from "~/ui/held-drawer";
import { type Row, rowValue } from "./described-columns";
import { FormInputs } from "./form-inputs";
import type { Problems } from "./problems";
import { UseResults } from "./use-results";

export interface UseSheetProps {
  open: boolean;
  onClose: () => void;
  action: OfferedAction;
  description: ResourceDescription;
  /** Plural noun of the records. */
  what: string;
  records: { id: string; name: string; row: Row }[];
}

const NAMED = 20;

/** What the API calls `input.note` is the field `note` here. */
const fieldProblems = (error: ApiError | null): Problems =>
  Object.fromEntries(
    Object.entries(error?.errors ?? {}).map(([path, words]) => [path.replace(/^input\./, ""), String(words)]),
  );

function useSending({ action, records }: Pick<UseSheetProps, "action" | "records">) {
  const http = useMemo(createHttp, []);
  const [answer, setAnswer] = useState<UseAnswer | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (recordIds: string[], input: Record<string, unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      const { data } = await http.post<UseAnswer>(actionUrl("custom-actions", action.id, "use"), { recordIds, input });
      setAnswer((before) => (before ? merged(before, data) : data));
    } catch (thrown) {
      setFailure(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  return { answer, failure, busy, send, ids: records.map(({ id }) => id) };
}

/** The later answer counts for the records it is about. */
function merged(before: UseAnswer, next: UseAnswer): UseAnswer {
  const again = new Map(next.results.map((result) => [result.id, result]));
  const results = before.results.map((result) => again.get(result.id) ?? result);
  const failed = results.filter(({ outcome }) => outcome === "failed").length;
  return { results, failed, done: results.length - failed };
}

/** Asks what the action asks for, has it confirmed in its own words, and shows what becomes of each record. */
export default function UseSheet(props: UseSheetProps) {
  const { open, onClose, action, description, what, records } = props;
  const { answer, failure, busy, send, ids } = useSending(props);
  const [input, setInput] = useState<Record<string, unknown>>({});
  const [tried, setTried] = useState(false);
  const { problems } = readForm(action.form, input);
  const start = () => {
    setTried(true);
    if (Object.keys(problems).length === 0) void send(ids, input);
  };
  const failedIds = answer?.results.filter(({ outcome }) => outcome === "failed").map(({ id }) => id) ?? [];
  const title = `${action.label}: ${countWords(records.length, what, description)}`;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      {...heldWhile(busy)}
      title={title}
      width="min(520px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button disabled={busy} onClick={onClose}>
            {answer ? "Close" : "Cancel"}
          </Button>
          {failedIds.length > 0 ? (
            <Button loading={busy} onClick={() => void send(failedIds, input)}>
              Retry {failedIds.length} failed
            </Button>
          ) : null}
          {answer ? null : (
            <Button type="primary" loading={busy} onClick={start}>
              {action.label}
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
        <UseResults answer={answer} />
      ) : (
        <Form layout="vertical" component="div" requiredMark={false}>
          <FormInputs
            form={action.form}
            value={input}
            onChange={setInput}
            problems={{ ...(tried ? problems : {}), ...fieldProblems(failure) }}
          />
          <p className="tm-confirm-words" aria-live="polite">
            {confirmWords(action.confirm, { records: records.map(({ row }) => flat(row, description)), input })}
          </p>
          <Named records={records} />
        </Form>
      )}
    </Drawer>
  );
}

/** The described values of a row, wherever they lie in it. */
const flat = (row: Row, { fields }: ResourceDescription): Record<string, unknown> =>
  Object.fromEntries(fields.map(({ key }) => [key, rowValue(row, key)]));

function Named({ records }: Pick<UseSheetProps, "records">) {
  if (records.length === 1) return null;
  const unseen = records.length - NAMED;
  return (
    <ul className="tm-plain-list">
      {records.slice(0, NAMED).map(({ id, name }) => (
        <li key={id}>{name}</li>
      ))}
      {unseen > 0 ? <li className="tm-muted">and {unseen} more</li> : null}
    </ul>
  );
}
