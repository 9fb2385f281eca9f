import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import type { FilterDescription } from "#server/api/describe";
import { filterOperators } from "#server/core/filter-contract";
import type { PageFilter } from "#server/pages/contract";
import { type Problems, problemAt } from "./problems";

interface FilterRowsProps {
  filters: readonly FilterDescription[];
  value: PageFilter[];
  problems: Problems;
  onChange: (value: PageFilter[]) => void;
}

type Operator = PageFilter["operator"];

const operatorWords: Record<Operator, string> = {
  eq: "is",
  ne: "is not",
  gte: "from",
  lte: "up to",
  like: "holds",
};

const operatorsOf = (kind: FilterDescription["kind"]): readonly Operator[] =>
  filterOperators(kind === "enum" ? [] : kind);

const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

/** The fixed filters of a page: field, comparison, value. */
export function FilterRows({ filters, value, problems, onChange }: FilterRowsProps) {
  const set = (index: number, change: Partial<PageFilter>) =>
    onChange(value.map((one, place) => (place === index ? { ...one, ...change } : one)));
  const add = () => {
    const [first] = filters;
    if (first) onChange([...value, { field: first.key, operator: operatorsOf(first.kind)[0] ?? "eq", values: [""] }]);
  };
  return (
    <Form.Item label="Always filtered by">
      <ul className="tm-plain-list">
        {value.map((filter, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no name of its own, and two may be alike
          <li key={index}>
            <FilterRow
              {...{ filter, filters, index }}
              onChange={(change) => set(index, change)}
              onRemove={() => onChange(value.filter((_, place) => place !== index))}
            />
            {problemAt(problems, `filters.${index}`) ? (
              <p role="alert" className="tm-problem">
                {problemAt(problems, `filters.${index}`)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <Button size="small" icon={<PlusOutlined aria-hidden />} disabled={filters.length === 0} onClick={add}>
        Add a filter
      </Button>
    </Form.Item>
  );
}

interface FilterRowProps {
  filter: PageFilter;
  filters: readonly FilterDescription[];
  index: number;
  onChange: (change: Partial<PageFilter>) => void;
  onRemove: () => void;
}

function FilterRow({ filter, filters, index, onChange, onRemove }: FilterRowProps) {
  const known = filters.find(({ key }) => key === filter.field);
  const kind = known?.kind ?? "text";
  const name = `Filter ${index + 1}`;
  const choose = (field: string) => {
    const next = filters.find(({ key }) => key === field);
    onChange({ field, operator: operatorsOf(next?.kind ?? "text")[0] ?? "eq", values: [""] });
  };
  return (
    <div className="tm-filter-row">
      <Select
        aria-label={`${name}, field`}
        showSearch
        optionFilterProp="label"
        value={filter.field}
        options={filters.map(({ key, label }) => ({ value: key, label }))}
        onChange={choose}
      />
      <Select
        aria-label={`${name}, comparison`}
        value={filter.operator}
        options={operatorsOf(kind).map((operator) => ({ value: operator, label: operatorWords[operator] }))}
        onChange={(operator) => onChange({ operator })}
      />
      <FilterValue name={name} kind={kind} known={known} filter={filter} onChange={onChange} />
      <Button type="text" size="small" aria-label={`Remove ${name}`} icon={<CloseOutlined />} onClick={onRemove} />
    </div>
  );
}

interface FilterValueProps {
  name: string;
  kind: FilterDescription["kind"];
  known: FilterDescription | undefined;
  filter: PageFilter;
  onChange: (change: Partial<PageFilter>) => void;
}

function FilterValue({ name, kind, known, filter, onChange }: FilterValueProps) {
  const label = `${name}, value`;
  if (kind === "enum") {
    return (
      <Select
        aria-label={label}
        mode="multiple"
        value={filter.values.filter(Boolean)}
        options={known?.values ?? []}
        onChange={(values) => onChange({ values })}
      />
    );
  }
  if (kind === "boolean") {
    return (
      <Select
        aria-label={label}
        value={filter.values[0] || undefined}
        options={yesOrNo}
        onChange={(value) => onChange({ values: [value] })}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      type={kind === "date" ? "date" : "text"}
      inputMode={kind === "number" ? "decimal" : "text"}
      value={filter.values.join(", ")}
      onChange={({ target }) => onChange({ values: [target.value] })}
    />
  );
}
