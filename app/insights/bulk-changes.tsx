// One change to many campaigns or ad groups. It goes into the draft; what could not be changed is named, row by row.
import { App, Button, Input, Popover, Select } from "antd";
import { type FormEvent, useId, useState } from "react";
import type { ChangeEntity } from "#server/insights/change-contract";
import { parseMoney } from "~/ui/parse-money";
import { useView } from "~/ui/view";
import { count } from "./change-words";
import { type EditInput, useDraft } from "./draft";

interface BulkProps {
  entity: ChangeEntity;
  ids: string[];
  /** Of the accounts they are in. */
  currencies: string[];
  onDone(): void;
}

const nouns = { campaign: "campaign", "ad-group": "ad group" } as const;

export function BulkChanges({ entity, ids, currencies, onDone }: BulkProps) {
  const { edit, busy } = useDraft();
  const { modal } = App.useApp();
  const what = count(ids.length, nouns[entity]);
  const change = async (input: Omit<EditInput, "entity" | "ids">): Promise<boolean> => {
    const left = await edit({ entity, ids, ...input });
    if (!left) return false;
    if (left.length > 0 && ids.length > 1) {
      modal.info({
        title: `${count(left.length, nouns[entity])} left as ${left.length === 1 ? "it is" : "they are"}`,
        icon: null,
        content: (
          <ul className="tm-left-rows">
            {left.map(({ id, name, reason }) => (
              <li key={id}>
                <strong>{name}</strong>
                <br />
                {reason}
              </li>
            ))}
          </ul>
        ),
      });
    }
    onDone();
    return true;
  };
  const setState = (state: string) => void change({ set: { state } });
  return (
    <>
      <Button onClick={() => setState("PAUSED")} disabled={busy}>
        Pause {what}
      </Button>
      <Button onClick={() => setState("ENABLED")} disabled={busy}>
        Enable {what}
      </Button>
      <MoneyChange field="budget" title="Budget" what={what} currencies={currencies} onChange={change} />
      {entity === "ad-group" ? (
        <MoneyChange field="baseBid" title="Base bid" what={what} currencies={currencies} onChange={change} />
      ) : null}
      <DayChange what={what} onChange={change} />
    </>
  );
}

type OnChange = (input: Omit<EditInput, "entity" | "ids">) => Promise<boolean>;

const modes = [
  { value: "set", label: "Set to" },
  { value: "up-percent", label: "Raise by %" },
  { value: "down-percent", label: "Lower by %" },
  { value: "up", label: "Raise by" },
  { value: "down", label: "Lower by" },
] as const;
type Mode = (typeof modes)[number]["value"];

interface MoneyChangeProps {
  field: "budget" | "baseBid";
  title: string;
  what: string;
  currencies: string[];
  onChange: OnChange;
}

function MoneyChange({ field, title, what, currencies, onChange }: MoneyChangeProps) {
  const [open, setOpen] = useState(false);
  const [mode, setMode] = useState<Mode>("up-percent");
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const { locale } = useView();
  const fieldId = useId();
  const [currency = "USD"] = currencies;
  const read = (): Omit<EditInput, "entity" | "ids"> | string => {
    if (mode === "up-percent" || mode === "down-percent") {
      const percent = Number(text.replace("%", "").replace(",", ".").trim());
      const isRight = percent > 0 && percent <= 1000 && (mode === "up-percent" || percent < 100);
      return isRight
        ? { raise: { field, percent: mode === "up-percent" ? percent : -percent } }
        : "Give a percentage, such as 10.";
    }
    const typed = parseMoney(text, { currency, locale });
    if (typed.kind === "percent") return { raise: { field, percent: typed.percent } };
    if (typed.kind === "wrong") return typed.message;
    if (mode === "set") return { set: { [field]: typed.micros } };
    return { raise: { field, by: mode === "up" ? typed.micros : `-${typed.micros}` } };
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = read();
    setProblem(typeof input === "string" ? input : null);
    if (typeof input !== "string" && (await onChange(input))) setOpen(false);
  };
  const isAmount = !mode.endsWith("percent");
  const unit = isAmount ? currencies.join(" or ") : "%";
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomLeft"
      title={`${title} of ${what}`}
      content={
        <form className="tm-bulk-form" onSubmit={submit}>
          <Select aria-label="How" value={mode} onChange={setMode} options={[...modes]} />
          <Input
            id={fieldId}
            aria-label={`${title}, ${unit}`}
            suffix={unit}
            value={text}
            status={problem ? "error" : ""}
            onChange={(event) => setText(event.target.value)}
          />
          {problem ? <p role="alert">{problem}</p> : null}
          {isAmount && currencies.length > 1 ? <p>Each in its account's own currency.</p> : null}
          <Button type="primary" htmlType="submit">
            Change {title.toLowerCase()} of {what}
          </Button>
        </form>
      }
    >
      <Button>{title}…</Button>
    </Popover>
  );
}

function DayChange({ what, onChange }: { what: string; onChange: OnChange }) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<"startsOn" | "endsOn">("endsOn");
  const [day, setDay] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (day && (await onChange({ set: { [field]: day } }))) setOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomLeft"
      title={`Dates of ${what}`}
      content={
        <form className="tm-bulk-form" onSubmit={submit}>
          <Select
            aria-label="Which"
            value={field}
            onChange={setField}
            options={[
              { value: "startsOn", label: "Start on" },
              { value: "endsOn", label: "End on" },
            ]}
          />
          <Input type="date" aria-label="Day" required value={day} onChange={(event) => setDay(event.target.value)} />
          <p>A day of each account's own zone.</p>
          <Button type="primary" htmlType="submit">
            Change dates of {what}
          </Button>
        </form>
      }
    >
      <Button>Dates…</Button>
    </Popover>
  );
}
