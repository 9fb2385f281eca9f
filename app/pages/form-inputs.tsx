import { Input, InputNumber, Select } from "antd";
import type { FormField } from "#server/pages/action-contract";
import { Field } from "./field";
import type { Problems } from "./problems";

interface FormInputsProps {
  form: readonly FormField[];
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  problems: Problems;
}

/** The form of a custom action. */
export function FormInputs({ form, value, onChange, problems }: FormInputsProps) {
  return form.map((field) => {
    const { key, label, required } = field;
    const id = `input-${key}`;
    return (
      <Field key={key} id={id} label={required ? label : `${label} (optional)`} problem={problems[key]}>
        <FieldInput
          id={id}
          field={field}
          value={value[key]}
          onChange={(next) => onChange({ ...value, [key]: next ?? "" })}
        />
      </Field>
    );
  });
}

interface FieldInputProps {
  id: string;
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
}

function FieldInput({ id, field, value, onChange }: FieldInputProps) {
  const text = typeof value === "string" ? value : "";
  switch (field.kind) {
    case "lines":
      return (
        <Input.TextArea
          id={id}
          rows={4}
          maxLength={4000}
          value={text}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case "number":
      return (
        <InputNumber
          id={id}
          value={typeof value === "number" ? value : null}
          onChange={(next) => onChange(next)}
          className="tm-wide"
        />
      );
    case "date":
      return <Input id={id} type="date" value={text} onChange={({ target }) => onChange(target.value)} />;
    case "choice":
      return (
        <Select
          id={id}
          allowClear={!field.required}
          placeholder="Choose one"
          value={text || undefined}
          options={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))}
          onChange={(next) => onChange(next)}
        />
      );
    case "boolean":
      return (
        <Select
          id={id}
          allowClear={!field.required}
          placeholder="Yes or no"
          value={typeof value === "boolean" ? value : undefined}
          options={[
            { value: true, label: "Yes" },
            { value: false, label: "No" },
          ]}
          onChange={(next) => onChange(next)}
        />
      );
    case "text":
      return <Input id={id} maxLength={200} value={text} onChange={({ target }) => onChange(target.value)} />;
    default:
      return field.kind satisfies never;
  }
}
