// The fields of a question to Amazon, each with what Amazon would say against it.
import { Button, Input, Radio, Select } from "antd";
import type { CustomReportType, TimeUnit } from "#server/reports/contract";
import { columnsFor, fitsUnit, type Problems, type Question } from "#server/reports/question-contract";
import { Field } from "~/pages/field";
import { beginWith, usualColumns } from "./question-defaults";
import { groupWords } from "./report-words";

interface QuestionFieldsProps {
  types: CustomReportType[];
  type: CustomReportType;
  accounts: { id: string; name: string; timeZone: string; currency: string }[];
  draft: Question;
  problems: Problems;
  onChange(change: Partial<Question>): void;
}

export function QuestionFields({ types, type, accounts, draft, problems, onChange }: QuestionFieldsProps) {
  const { limits } = type;
  const kept = (next: Pick<Question, "groupBy" | "timeUnit">) => {
    const offered = columnsFor(type, next.groupBy);
    const columns = draft.columns.filter((column) => offered.includes(column) && fitsUnit(column, next.timeUnit));
    return { columns: columns.length > 0 ? columns : usualColumns(type, next) };
  };
  return (
    <>
      <Field id="report-name" label="Name" problem={problems.name}>
        <Input
          id="report-name"
          maxLength={80}
          placeholder="Supply by deal, first half of November"
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <Field id="report-type" label="Report type" problem={problems.type} hint={limits.note ?? undefined}>
        <Select
          id="report-type"
          value={type.id}
          options={types.map(({ id, label }) => ({ value: id, label: `${label} (${id})` }))}
          onChange={(id: string) => onChange(beginWith(types.find((one) => one.id === id) ?? type))}
        />
      </Field>
      <Field id="report-accounts" label="Accounts" problem={problems.accountIds} hint="One request to Amazon each.">
        <Select
          id="report-accounts"
          mode="multiple"
          optionFilterProp="label"
          value={draft.accountIds}
          options={accounts.map(({ id, name, currency }) => ({ value: id, label: `${name}, ${currency}` }))}
          onChange={(accountIds: string[]) => onChange({ accountIds })}
        />
      </Field>
      <Field
        id="report-days"
        label="Days"
        problem={problems.from ?? problems.to}
        hint={`Of each account's own zone. At most ${limits.longestRange} days at once; Amazon keeps ${limits.retention}.`}
      >
        <div className="tm-note-days">
          <Input
            id="report-days"
            type="date"
            aria-label="First day"
            value={draft.from}
            onChange={({ target }) => onChange({ from: target.value })}
          />
          <Input
            id="report-last-day"
            type="date"
            aria-label="Last day"
            value={draft.to}
            onChange={({ target }) => onChange({ to: target.value })}
          />
        </div>
      </Field>
      <Field id="report-unit" label="One row a" problem={problems.timeUnit}>
        <Radio.Group
          id="report-unit"
          value={draft.timeUnit}
          onChange={({ target }) => {
            const timeUnit = target.value as TimeUnit;
            onChange({ timeUnit, ...kept({ groupBy: draft.groupBy, timeUnit }) });
          }}
          options={[
            { value: "DAILY", label: "Day", disabled: !limits.timeUnits.includes("DAILY") },
            { value: "SUMMARY", label: "Whole range", disabled: !limits.timeUnits.includes("SUMMARY") },
          ]}
        />
      </Field>
      <Field id="report-rows" label="Rows of" problem={problems.groupBy}>
        <Select
          id="report-rows"
          mode="multiple"
          value={draft.groupBy}
          options={Object.keys(type.groupBy).map((key) => ({ value: key, label: groupWords(key) }))}
          onChange={(groupBy: string[]) => onChange({ groupBy, ...kept({ groupBy, timeUnit: draft.timeUnit }) })}
        />
      </Field>
      <Columns {...{ type, draft, problems, onChange }} />
    </>
  );
}

type ColumnsProps = Pick<QuestionFieldsProps, "type" | "draft" | "problems" | "onChange">;

function Columns({ type, draft, problems, onChange }: ColumnsProps) {
  const offered = columnsFor(type, draft.groupBy).filter((column) => fitsUnit(column, draft.timeUnit));
  return (
    <Field
      id="report-columns"
      label="Columns"
      problem={problems.columns}
      hint={`${draft.columns.length} of the ${offered.length} that Amazon has for these rows, in Amazon's own words.`}
    >
      <Select
        id="report-columns"
        mode="multiple"
        value={draft.columns}
        options={offered.map((column) => ({ value: column, label: column }))}
        onChange={(columns: string[]) => onChange({ columns })}
      />
      <Button size="small" type="link" onClick={() => onChange({ columns: usualColumns(type, draft) })}>
        Take the usual columns
      </Button>
    </Field>
  );
}
