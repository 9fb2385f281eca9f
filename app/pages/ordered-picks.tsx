import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";

interface OrderedPicksProps {
  id: string;
  /** The noun of what is picked: "column". */
  what: string;
  options: readonly { value: string; label: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Some of many, in an order of one's own, without dragging. */
export function OrderedPicks({ id, what, options, value, onChange }: OrderedPicksProps) {
  const labelOf = (key: string) => options.find((one) => one.value === key)?.label ?? key;
  const swap = (index: number, other: number) => {
    const next = [...value];
    [next[index], next[other]] = [next[other] ?? "", next[index] ?? ""];
    onChange(next);
  };
  return (
    <>
      <ol className="tm-picks">
        {value.map((key, index) => (
          <li key={key}>
            <span className="tm-brief">{labelOf(key)}</span>
            <Button
              type="text"
              size="small"
              aria-label={`Move ${labelOf(key)} up`}
              icon={<ArrowUpOutlined />}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            />
            <Button
              type="text"
              size="small"
              aria-label={`Move ${labelOf(key)} down`}
              icon={<ArrowDownOutlined />}
              disabled={index === value.length - 1}
              onClick={() => swap(index, index + 1)}
            />
            <Button
              type="text"
              size="small"
              aria-label={`Remove ${labelOf(key)}`}
              icon={<CloseOutlined />}
              onClick={() => onChange(value.filter((one) => one !== key))}
            />
          </li>
        ))}
      </ol>
      <Select<string | null>
        id={id}
        showSearch
        optionFilterProp="label"
        placeholder={`Add a ${what}`}
        value={null}
        options={options.filter((one) => !value.includes(one.value))}
        onChange={(next) => {
          if (next) onChange([...value, next]);
        }}
      />
    </>
  );
}
