// Which days a question is asked about: relative to the day of the run, or fixed.
import { Input, InputNumber, Select } from "antd";
import { type AmcWindow, dataLagHours } from "#server/amc/contract";
import { Field } from "~/pages/field";
import { addDays } from "~/ui/date-range";
import { windowWords } from "./words";

interface WindowFieldProps {
  value: AmcWindow;
  onChange(window: AmcWindow): void;
  problem?: string | undefined;
  /** Today, to begin fixed days with; left out: fixed days are not offered. */
  today?: string;
}

const kinds: { value: AmcWindow["kind"]; label: string }[] = [
  { value: "last", label: "The latest complete days" },
  { value: "week", label: "A whole week" },
  { value: "month", label: "A whole month" },
  { value: "days", label: "Fixed days" },
];

const beginWith = (kind: AmcWindow["kind"], today = ""): AmcWindow => {
  if (kind === "last") return { kind, days: 28 };
  if (kind === "days") return { kind, from: addDays(today, -30), to: addDays(today, -3) };
  return { kind, back: 0 };
};

export function WindowField({ value, onChange, problem, today }: WindowFieldProps) {
  return (
    <Field
      id="amc-window"
      label="Days"
      problem={problem}
      hint={`Whole days that ended ${dataLagHours} hours ago or more: Amazon's data is not complete before. Relative days are worked out when the run starts.`}
    >
      <div className="tm-window">
        <Select
          id="amc-window"
          value={value.kind}
          options={kinds.filter(({ value: kind }) => today || kind !== "days")}
          onChange={(kind: AmcWindow["kind"]) => onChange(beginWith(kind, today))}
        />
        <WindowParts value={value} onChange={onChange} />
      </div>
    </Field>
  );
}

function WindowParts({ value, onChange }: Pick<WindowFieldProps, "value" | "onChange">) {
  switch (value.kind) {
    case "last":
      return (
        <InputNumber
          aria-label="How many days"
          min={1}
          max={390}
          precision={0}
          addonAfter="days"
          value={value.days}
          onChange={(days) => (days === null ? undefined : onChange({ kind: "last", days }))}
        />
      );
    case "week":
    case "month": {
      const { kind } = value;
      const choices = Array.from({ length: kind === "week" ? 56 : 13 }, (_, back) => ({
        value: back,
        label: windowWords({ kind, back }),
      }));
      return (
        <Select
          aria-label={`Which ${kind}`}
          value={value.back}
          options={choices}
          onChange={(back: number) => onChange({ kind, back })}
        />
      );
    }
    case "days":
      return (
        <>
          <Input
            type="date"
            aria-label="First day"
            value={value.from}
            onChange={({ target }) => onChange({ ...value, from: target.value })}
          />
          <Input
            type="date"
            aria-label="Last day"
            value={value.to}
            onChange={({ target }) => onChange({ ...value, to: target.value })}
          />
        </>
      );
    default:
      return value satisfies never;
  }
}
