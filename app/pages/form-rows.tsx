import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Select } from "antd";
import { type FormField, formKinds, formKindWords } from "#server/pages/action-contract";
import { type Problems, problemAt } from "./problems";

interface FormRowsProps {
  value: FormField[];
  problems: Problems;
  onChange: (value: FormField[]) => void;
}

const kinds = formKinds.map((kind) => ({ value: kind, label: formKindWords[kind] }));

/** "Due day" as "dueDay". */
export function keyOf(label: string): string {
  const [first = "", ...rest] = label
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9 ]/g, "")
    .trim()
    .split(/ +/);
  const words = [
    first.toLowerCase(),
    ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
  ];
  return words
    .join("")
    .replace(/^[0-9]+/, "")
    .slice(0, 40);
}

/** The fields that an action asks for. */
export function FormRows({ value, problems, onChange }: FormRowsProps) {
  const set = (index: number, change: Partial<FormField>) =>
    onChange(value.map((one, place) => (place === index ? { ...one, ...change } : one)));
  const add = () => onChange([...value, { key: "", label: "", kind: "text", required: true }]);
  return (
    <Form.Item label="Asks for">
      <ul className="tm-plain-list">
        {value.map((field, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the key of a field is what is being typed
          <li key={index}>
            <FormRow
              field={field}
              index={index}
              onChange={(change) => set(index, change)}
              onRemove={() => onChange(value.filter((_, place) => place !== index))}
            />
            {problemAt(problems, `form.${index}`) ? (
              <p role="alert" className="tm-problem">
                {problemAt(problems, `form.${index}`)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={add}>
        Add a field
      </Button>
    </Form.Item>
  );
}

interface FormRowProps {
  field: FormField;
  index: number;
  onChange: (change: Partial<FormField>) => void;
  onRemove: () => void;
}

function FormRow({ field, index, onChange, onRemove }: FormRowProps) {
  const name = `Field ${index + 1}`;
  const rename = (label: string) =>
    onChange({ label, ...(field.key === keyOf(field.label) ? { key: keyOf(label) } : {}) });
  return (
    <div className="tm-form-row">
      <div className="tm-filter-row">
        <Input
          aria-label={`${name}, label`}
          placeholder="Label"
          value={field.label}
          onChange={({ target }) => rename(target.value)}
        />
        <Input
          aria-label={`${name}, key`}
          placeholder="key"
          value={field.key}
          onChange={({ target }) => onChange({ key: target.value })}
        />
        <Select
          aria-label={`${name}, kind`}
          value={field.kind}
          options={kinds}
          onChange={(kind) => onChange({ kind, ...(kind === "choice" ? { choices: field.choices ?? [] } : {}) })}
        />
        <Button type="text" size="small" aria-label={`Remove ${name}`} icon={<CloseOutlined />} onClick={onRemove} />
      </div>
      {field.kind === "choice" ? (
        <Select
          aria-label={`${name}, choices`}
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder="Type a choice, then Enter"
          value={field.choices ?? []}
          onChange={(choices) => onChange({ choices })}
        />
      ) : null}
      <Checkbox checked={field.required} onChange={({ target }) => onChange({ required: target.checked })}>
        Required
      </Checkbox>
    </div>
  );
}
