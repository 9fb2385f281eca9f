import { CloseOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import type { Problems } from "~/pages/problems";
import {
  deepest,
  type Fields,
  isGroup,
  type Operator,
  operatorsOf,
  type Rule,
  type RuleGroup,
} from "../../packages/amc-builder";
import { newRule, ruleOn, withOperator } from "./builder-edits";
import { FieldSelect } from "./builder-field";
import { AddPart, PartRow, replaced, without } from "./builder-part";
import { RuleValueInput } from "./builder-value";

interface RuleTreeProps {
  /** "Rule", or what rules are called at this place; those within others have longer names. */
  noun: string;
  group: RuleGroup;
  fields: Fields;
  path: string;
  problems: Problems;
  /** How many groups it stands in. */
  depth?: number;
  onChange(group: RuleGroup): void;
}

const joiningWords = [
  { value: true, label: "all of these hold" },
  { value: false, label: "any of these holds" },
];

/** Rules and groups of rules, each group all or any. */
export function RuleTree({ noun, group, fields, path, problems, depth = 0, onChange }: RuleTreeProps) {
  const { all, rules } = group;
  const set = (next: RuleGroup["rules"]) => onChange({ all, rules: next });
  return (
    <fieldset className="tm-rules" aria-label={`${noun} group`}>
      {rules.length > 1 ? (
        <Select
          aria-label={`${noun}: all or any`}
          className="tm-rules-joining"
          popupMatchSelectWidth={false}
          value={all}
          options={joiningWords}
          onChange={(next: boolean) => onChange({ all: next, rules })}
        />
      ) : null}
      <ul className="tm-plain-list">
        {rules.map((held, index) => {
          const place = { path: `${path}.${index}`, problems, fields };
          const name = `${noun} ${index + 1}`;
          const change = (next: Rule | RuleGroup) => set(replaced(rules, index, next));
          const remove = () => set(without(rules, index));
          return isGroup(held) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name of its own, and two may be alike
            <li key={index} className="tm-rules-within">
              <RuleTree {...place} noun={name} group={held} depth={depth + 1} onChange={change} />
              <Button
                type="text"
                size="small"
                aria-label={`Remove ${name}`}
                icon={<CloseOutlined />}
                onClick={remove}
              />
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name of its own, and two may be alike
            <PartRow key={index} name={name} path={place.path} problems={problems} onRemove={remove}>
              <RuleRow name={name} rule={held} fields={fields} onChange={change} />
            </PartRow>
          );
        })}
      </ul>
      <div className="tm-acts">
        <AddPart onClick={() => set([...rules, newRule(fields)])}>Add a rule</AddPart>
        {depth < deepest && rules.length > 0 ? (
          <AddPart onClick={() => set([...rules, { all: !all, rules: [newRule(fields)] }])}>Add a group</AddPart>
        ) : null}
      </div>
    </fieldset>
  );
}

const operatorWords: Record<Operator, string> = {
  "=": "is",
  "<>": "is not",
  "<": "is below",
  "<=": "is at most",
  ">": "is above",
  ">=": "is at least",
  in: "is one of",
  "not in": "is none of",
  contains: "contains",
  "not contains": "does not contain",
  like: "is like",
  "not like": "is not like",
  "is null": "is empty",
  "is not null": "is there",
};

interface RuleRowProps {
  name: string;
  rule: Rule;
  fields: Fields;
  onChange(rule: Rule): void;
}

function RuleRow({ name, rule, fields, onChange }: RuleRowProps) {
  const field = fields.get(rule.field);
  const possible = field ? operatorsOf(field) : [rule.operator];
  return (
    <>
      <FieldSelect
        label={`${name}, column`}
        fields={fields}
        value={rule.field}
        onChange={(ref) => onChange(ruleOn(ref, fields))}
      />
      <Select
        aria-label={`${name}, comparison`}
        className="tm-part-how"
        popupMatchSelectWidth={false}
        value={rule.operator}
        options={possible.map((value) => ({ value, label: operatorWords[value] }))}
        onChange={(operator) => onChange(withOperator(rule, operator))}
      />
      {field && rule.value !== null ? (
        <RuleValueInput name={name} field={field} rule={rule} onChange={(value) => onChange({ ...rule, value })} />
      ) : null}
    </>
  );
}
