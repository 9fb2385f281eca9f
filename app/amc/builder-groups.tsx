import { Input, Select } from "antd";
import type { Problems } from "~/pages/problems";
import {
  type Field,
  type Fields,
  type Group,
  isNumber,
  isPrivate,
  isTime,
  type TimePart,
  timeParts,
} from "../../packages/amc-builder";
import { groupName, newGroup } from "./builder-edits";
import { FieldSelect } from "./builder-field";
import { AddPart, NameInput, Part, PartRow, replaced, without } from "./builder-part";

interface GroupRowsProps {
  groups: Group[];
  /** Names of the other columns of the answer. */
  taken: readonly string[];
  fields: Fields;
  problems: Problems;
  onChange(groups: Group[]): void;
}

/** What rows of the answer are split by. */
export function GroupRows({ groups, taken, fields, problems, onChange }: GroupRowsProps) {
  return (
    <Part title="Split by" words="One row for each value; without any, one row in all.">
      <ul className="tm-plain-list">
        {groups.map((group, index) => {
          const others = [...taken, ...without(groups, index).map(({ name }) => name)];
          return (
            <PartRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a split has no name of its own that is not being typed
              key={index}
              name={`Split ${index + 1}`}
              path={`groups.${index}`}
              problems={problems}
              onRemove={() => onChange(without(groups, index))}
            >
              <GroupRow
                {...{ group, others, fields }}
                name={`Split ${index + 1}`}
                onChange={(next) => onChange(replaced(groups, index, next))}
              />
            </PartRow>
          );
        })}
      </ul>
      <AddPart onClick={() => onChange([...groups, newGroup(groups, fields)])}>Add a split</AddPart>
    </Part>
  );
}

interface GroupRowProps {
  name: string;
  group: Group;
  others: readonly string[];
  fields: Fields;
  onChange(group: Group): void;
}

const partWords: Record<TimePart, string> = { hour: "by hour", day: "by day", week: "by week", month: "by month" };

function GroupRow({ name, group, others, fields, onChange }: GroupRowProps) {
  const field = fields.get(group.field);
  /** A name that nobody chose goes with what it names. */
  const change = (next: Group) =>
    onChange({ ...next, name: group.name === groupName(group, others) ? groupName(next, others) : group.name });
  return (
    <>
      <FieldSelect
        label={`${name}, column`}
        fields={fields}
        value={group.field}
        refusal={refusal}
        onChange={(ref) => change({ kind: "column", name: group.name, field: ref })}
      />
      {field && (isTime(field) || isNumber(field)) ? (
        <Select
          aria-label={`${name}, how`}
          className="tm-part-how"
          popupMatchSelectWidth={false}
          value={group.kind === "time" ? group.part : group.kind}
          options={waysOf(field)}
          onChange={(way) => change(groupBy(way, group))}
        />
      ) : null}
      {group.kind === "range" ? (
        <Input
          aria-label={`${name}, width of a range`}
          className="tm-part-number"
          inputMode="decimal"
          value={group.width}
          onChange={({ target }) => onChange({ ...group, width: target.value.trim() })}
        />
      ) : null}
      <NameInput
        label={`${name}, name`}
        value={group.name}
        onChange={(called) => onChange({ ...group, name: called })}
      />
    </>
  );
}

const refusal = (field: Field): string | null => {
  if (isPrivate(field)) return "never shown: count it instead";
  return field.dataType === "ARRAY" ? "a list: rows cannot be split by it" : null;
};

type Way = TimePart | "column" | "range";

function waysOf(field: Field): { value: Way; label: string }[] {
  const each = { value: "column" as const, label: "each value" };
  if (isNumber(field)) return [each, { value: "range", label: "ranges of" }];
  const parts = timeParts.filter((part) => part !== "hour" || field.dataType === "TIMESTAMP");
  return [each, ...parts.map((part) => ({ value: part, label: partWords[part] }))];
}

function groupBy(way: Way, { name, field }: Group): Group {
  if (way === "column") return { kind: "column", name, field };
  return way === "range" ? { kind: "range", name, field, width: "5" } : { kind: "time", name, field, part: way };
}
