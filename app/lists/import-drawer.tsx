import { Alert, Button, Drawer, Input, Select } from "antd";
import { type ChangeEvent, useState } from "react";
import type { FieldDescription, ResourceDescription } from "#server/api/describe";
import type { ImportAnswer, ImportMode } from "#server/api/lists/contract";
import type { ApiError } from "~/providers/data";
import { heldWhile } from "~/ui/held-drawer";
import { ImportReport } from "./import-report";
import { useSendMany } from "./send-many";

export interface ImportDrawerProps {
  open: boolean;
  onClose: () => void;
  description: ResourceDescription;
  what: string;
}

const MOST_BYTES = 2 * 1024 * 1024;
const LEFT_OUT = "";

const tooLong: ApiError = {
  message: "The file is longer than 2 MB.",
  remedy: "Split it and import the parts one after the other.",
  code: "invalid",
  statusCode: 422,
};

/** A file in three steps: give it, look at what each row would do, write it. Nothing is written before. */
export default function ImportDrawer({ open, onClose, description, what }: ImportDrawerProps) {
  const { importRows } = useSendMany(description.name);
  const [csv, setCsv] = useState("");
  const [columns, setColumns] = useState<Record<string, string | null> | null>(null);
  const [answer, setAnswer] = useState<{ mode: ImportMode; of: ImportAnswer } | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const isWritten = answer !== null && answer.mode !== "check" && answer.of.written > 0;

  const begin = (text: string) => {
    setCsv(text);
    setColumns(null);
    setAnswer(null);
    setFailure(null);
  };
  const close = () => {
    onClose();
    begin("");
  };
  const run = async (mode: ImportMode, chosen = columns) => {
    setBusy(true);
    setFailure(null);
    try {
      setAnswer({ mode, of: await importRows(csv, chosen, mode) });
    } catch (thrown) {
      setFailure(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  const choose = (header: string, field: string) => {
    const next = { ...Object.fromEntries(answer?.of.columns.map((one) => [one.header, one.field]) ?? []), ...columns };
    next[header] = field === LEFT_OUT ? null : field;
    setColumns(next);
    void run("check", next);
  };
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    if (file.size > MOST_BYTES) setFailure(tooLong);
    else begin(await file.text());
  };
  const good = answer?.of.rows.filter(({ outcome }) => outcome === "create" || outcome === "update").length ?? 0;

  return (
    <Drawer
      open={open}
      onClose={close}
      {...heldWhile(busy)}
      title={`Import ${what} from CSV`}
      width="min(720px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button disabled={busy} onClick={close}>
            {isWritten ? "Close" : "Cancel"}
          </Button>
          {answer && !isWritten && answer.of.errors > 0 && good > 0 ? (
            <Button loading={busy} onClick={() => run("good")}>
              Import {rowWords(good, "good ")}
            </Button>
          ) : null}
          {answer && !isWritten ? (
            <Button
              type="primary"
              loading={busy}
              disabled={good === 0 || answer.of.errors > 0}
              onClick={() => run("all")}
            >
              Import all {rowWords(good)}
            </Button>
          ) : null}
          {answer ? null : (
            <Button type="primary" loading={busy} disabled={csv.trim() === ""} onClick={() => run("check")}>
              Check the file
            </Button>
          )}
        </div>
      }
    >
      {failure ? (
        <Alert
          type="error"
          showIcon
          className="tm-form-failure"
          message={failure.errors ? Object.values(failure.errors).join(" ") : failure.message}
          description={failure.remedy}
        />
      ) : null}
      {answer ? (
        <div className="tm-stack">
          {isWritten ? null : (
            <Columns answer={answer.of} fields={description.fields} naturalKey={description.key} onChoose={choose} />
          )}
          <ImportReport answer={answer.of} mode={answer.mode} name={description.name} />
        </div>
      ) : (
        <Source csv={csv} onText={begin} onFile={read} fields={description.fields} />
      )}
    </Drawer>
  );
}

const rowWords = (count: number, kind = "") => `${count.toLocaleString("en")} ${kind}${count === 1 ? "row" : "rows"}`;

interface SourceProps {
  csv: string;
  onText: (text: string) => void;
  onFile: (event: ChangeEvent<HTMLInputElement>) => void;
  fields: FieldDescription[];
}

function Source({ csv, onText, onFile, fields }: SourceProps) {
  const names = fields.filter(({ importable }) => importable).map(({ label }) => label);
  return (
    <div className="tm-stack">
      <p>
        The first line names the columns: {names.join(", ")}. At most 5,000 rows and 2 MB. You see what each row would
        do before anything is written.
      </p>
      <label htmlFor="import-file">File</label>
      <input id="import-file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={onFile} />
      <label htmlFor="import-text">Or paste it, also straight from a spreadsheet</label>
      <Input.TextArea id="import-text" rows={10} value={csv} onChange={(event) => onText(event.target.value)} />
    </div>
  );
}

interface ColumnsProps {
  answer: ImportAnswer;
  naturalKey: string | null;
  fields: FieldDescription[];
  onChoose: (header: string, field: string) => void;
}

function Columns({ answer, fields, naturalKey, onChoose }: ColumnsProps) {
  const options = [
    { value: LEFT_OUT, label: "Left out" },
    ...fields
      .filter(({ importable, key }) => importable || key === "id" || key === naturalKey)
      .map(({ key, label }) => ({ value: key, label })),
  ];
  return (
    <table className="tm-changes tm-compared">
      <thead>
        <tr>
          <th scope="col">Column of the file</th>
          <th scope="col">Goes to</th>
        </tr>
      </thead>
      <tbody>
        {answer.columns.map(({ header, field }) => (
          <tr key={header}>
            <th scope="row">{header}</th>
            <td>
              <Select
                size="small"
                aria-label={`Field for the column ${header}`}
                value={field ?? LEFT_OUT}
                options={options}
                onChange={(next) => onChoose(header, next)}
                popupMatchSelectWidth={200}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
