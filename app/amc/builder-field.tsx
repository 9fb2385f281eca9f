import { Select } from "antd";
import type { Field, Fields } from "../../packages/amc-builder";
import { thresholdWords } from "./schema-tree";

interface FieldSelectProps {
  label: string;
  fields: Fields;
  value: string | null;
  onChange(ref: string): void;
  /** Why a column cannot stand here; null: it can. */
  refusal?(field: Field): string | null;
}

/** A column with its type and what AMC asks of a row that shows it. */
export function FieldSelect({ label, fields, value, onChange, refusal = () => null }: FieldSelectProps) {
  const options = [...fields].map(([ref, field]) => {
    const why = refusal(field);
    return { value: ref, label: ref, disabled: why !== null, note: why ?? noteOf(field) };
  });
  return (
    <Select
      aria-label={label}
      className="tm-part-field"
      showSearch
      optionFilterProp="label"
      popupMatchSelectWidth={360}
      placeholder="A column"
      value={value || null}
      options={options}
      optionRender={({ data }) => (
        <span className="tm-field-option">
          <code>{data.label}</code>
          <small>{data.note}</small>
        </span>
      )}
      onChange={(ref: string | null) => onChange(ref ?? "")}
    />
  );
}

const noteOf = ({ dataType, threshold, money }: Field): string =>
  [dataType.toLowerCase(), ...(money ? ["in currency"] : []), thresholdWords[threshold] ?? threshold].join(", ");
