import { Checkbox, Input, Select } from "antd";
import {
  type Field,
  isParameter,
  type Rule,
  type RuleValue,
  takesList,
  takesParameter,
  valueKind,
} from "../../packages/amc-builder";

interface RuleValueInputProps {
  name: string;
  field: Field;
  rule: Rule;
  onChange(value: RuleValue): void;
}

const ways = [
  { value: "value", label: "written here" },
  { value: "parameter", label: "a parameter" },
];

/** What a rule compares with: written here, or a parameter that whoever asks gives. */
export function RuleValueInput({ name, field, rule, onChange }: RuleValueInputProps) {
  const { operator, value } = rule;
  const isList = takesList(operator);
  const turn = (way: string) =>
    onChange(
      way === "parameter" ? { parameter: parameterName(field), emptyIsAll: operator === "in" } : isList ? [] : "",
    );
  return (
    <>
      {isParameter(value) ? (
        <Input
          aria-label={`${name}, parameter`}
          className="tm-part-value"
          maxLength={60}
          spellCheck={false}
          value={value.parameter}
          onChange={({ target }) => onChange({ ...value, parameter: target.value.replace(/[^A-Za-z0-9_]/g, "_") })}
        />
      ) : (
        <WrittenValue {...{ name, field, value, isList, onChange }} />
      )}
      {takesParameter(field, operator) ? (
        <Select
          aria-label={`${name}, written or a parameter`}
          className="tm-part-how"
          popupMatchSelectWidth={false}
          value={isParameter(value) ? "parameter" : "value"}
          options={ways}
          onChange={turn}
        />
      ) : null}
      {isParameter(value) && operator === "in" ? (
        <Checkbox
          checked={value.emptyIsAll}
          onChange={({ target }) => onChange({ ...value, emptyIsAll: target.checked })}
        >
          An empty list is all
        </Checkbox>
      ) : null}
    </>
  );
}

const parameterName = ({ name }: Field): string => name.replace(/[^a-z0-9_]/g, "_").slice(0, 60);

interface WrittenValueProps {
  name: string;
  field: Field;
  value: Exclude<RuleValue, { parameter: string }> | null;
  isList: boolean;
  onChange(value: RuleValue): void;
}

const yesOrNo = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];
const inputTypes = { date: "date", moment: "datetime-local", text: "text", whole: "text", decimal: "text" } as const;

function WrittenValue({ name, field, value, isList, onChange }: WrittenValueProps) {
  const kind = valueKind(field);
  const common = { "aria-label": `${name}, value`, className: "tm-part-value" };
  if (isList) {
    return (
      <Select
        {...common}
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[",", "\n"]}
        placeholder="Type one, then Enter"
        value={Array.isArray(value) ? value : []}
        onChange={(next: string[]) => onChange(next)}
      />
    );
  }
  const text = typeof value === "string" ? value : "";
  if (kind === "flag")
    return <Select {...common} placeholder="yes or no" value={text || null} options={yesOrNo} onChange={onChange} />;
  const isMoment = kind === "moment";
  return (
    <Input
      {...common}
      type={inputTypes[kind]}
      {...(isMoment ? { step: 1 } : {})}
      inputMode={kind === "whole" ? "numeric" : kind === "decimal" ? "decimal" : "text"}
      value={isMoment ? text.replace(" ", "T") : text}
      onChange={({ target }) =>
        onChange(isMoment ? momentOf(target.value) : kind === "text" ? target.value : target.value.trim())
      }
    />
  );
}

/** Browsers leave seconds out where they are none. */
const momentOf = (text: string): string => {
  const said = text.replace("T", " ");
  return said.length === 16 ? `${said}:00` : said.slice(0, 19);
};
