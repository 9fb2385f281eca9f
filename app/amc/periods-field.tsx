import { InputNumber, Radio } from "antd";
import { Field } from "~/pages/field";
import type { Asked } from "./use-asking";

interface PeriodsFieldProps {
  value: Asked["periods"];
  onChange(value: Asked["periods"]): void;
}

type Choice = "once" | "week" | "month";
const usual = { week: 52, month: 12 };

/** Once, or for each of the latest weeks or months. */
export function PeriodsField({ value, onChange }: PeriodsFieldProps) {
  const choice: Choice = value?.period ?? "once";
  return (
    <Field
      id="amc-periods"
      label="Asked"
      hint={value ? "One run each, the newest first, a few at a time: others keep their places." : undefined}
    >
      <div className="tm-window">
        <Radio.Group
          id="amc-periods"
          value={choice}
          options={[
            { value: "once", label: "Once" },
            { value: "week", label: "For each week" },
            { value: "month", label: "For each month" },
          ]}
          onChange={({ target }) => {
            const period = target.value as Choice;
            onChange(period === "once" ? null : { period, periods: usual[period] });
          }}
        />
        {value ? (
          <InputNumber
            aria-label={`How many ${value.period}s`}
            addonAfter={`latest ${value.period}s`}
            min={1}
            max={56}
            precision={0}
            value={value.periods}
            onChange={(periods) => onChange({ ...value, periods: periods ?? 1 })}
          />
        ) : null}
      </div>
    </Field>
  );
}
