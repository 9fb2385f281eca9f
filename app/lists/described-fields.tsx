import { useList } from "@refinedev/core";
import { Input, Select } from "antd";
import type { ActionDescription } from "#server/api/describe";
import type { BulkFormProps } from "./bulk-form";

type InputDescription = ActionDescription["inputs"][number];

/** The fields of an action, drawn from its description. */
export function DescribedFields({ inputs, value, onChange }: BulkFormProps & { inputs: InputDescription[] }) {
  return inputs.map((input) => {
    const { key, label } = input;
    const set = (next: unknown) => onChange({ ...value, [key]: next });
    return (
      <div key={key} className="tm-stack">
        <label htmlFor={`bulk-${key}`}>{label}</label>
        {input.reference ? (
          <ReferenceSelect id={`bulk-${key}`} resource={input.reference} value={value[key] ?? null} onChange={set} />
        ) : input.values ? (
          <Select id={`bulk-${key}`} options={input.values} value={value[key] as string} onChange={set} />
        ) : (
          <Input id={`bulk-${key}`} value={String(value[key] ?? "")} onChange={(event) => set(event.target.value)} />
        )}
      </div>
    );
  });
}

interface ReferenceSelectProps {
  id?: string;
  resource: string;
  value: unknown;
  onChange: (id: string | null) => void;
  label?: string;
  placeholder?: string;
  small?: boolean;
}

const useRecords = (resource: string) =>
  useList<{ id: string; name: string }>({
    resource,
    pagination: { currentPage: 1, pageSize: 200 },
    errorNotification: false,
  });

export function ReferenceName({ resource, id }: { resource: string; id: string }) {
  const { result } = useRecords(resource);
  return result.data.find((record) => record.id === id)?.name ?? id;
}

/** One record of another resource, by its name. */
export function ReferenceSelect(props: ReferenceSelectProps) {
  const { id, resource, value, onChange, label, placeholder = "None", small = false } = props;
  const { result, query } = useRecords(resource);
  return (
    <Select<string | null>
      {...(id ? { id } : {})}
      {...(label ? { "aria-label": label } : {})}
      {...(small ? { size: "small" as const, className: "tm-cell-edit" } : {})}
      showSearch
      allowClear
      optionFilterProp="label"
      placeholder={placeholder}
      loading={query.isLoading}
      value={value as string | null}
      onChange={(next) => onChange(next ?? null)}
      options={result.data.map((record) => ({ value: record.id, label: record.name }))}
      popupMatchSelectWidth={220}
    />
  );
}
