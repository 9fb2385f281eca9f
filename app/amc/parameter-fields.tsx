// The fields of a question, made from its parameters.
import { Input, InputNumber, Select, Switch } from "antd";
import type { ParameterValue, TemplateParameter } from "#server/amc/template-contract";
import { Field } from "~/pages/field";
import { CampaignPicker } from "./campaign-picker";

export type Values = Record<string, ParameterValue>;

interface ParameterFieldsProps {
  parameters: readonly TemplateParameter[];
  values: Values;
  /** By parameter, in the server's words. */
  problems: Record<string, string>;
  /** Whose campaigns are offered; null: those of all brands. */
  brandId: string | null;
  onChange(values: Values): void;
}

/** What a parameter has until a person says otherwise. */
export const defaultsOf = (parameters: readonly TemplateParameter[]): Values =>
  Object.fromEntries(parameters.flatMap((one) => (one.default === null ? [] : [[one.name, one.default]])));

export function ParameterFields({ parameters, values, problems, brandId, onChange }: ParameterFieldsProps) {
  return parameters.map((parameter) => {
    const { name, label, help } = parameter;
    const id = `parameter-${name}`;
    const set = (value: ParameterValue | null) => {
      const { [name]: _, ...others } = values;
      onChange(value === null ? others : { ...others, [name]: value });
    };
    return (
      <Field key={name} id={id} label={label} problem={problems[name]} hint={help}>
        <Control id={id} parameter={parameter} value={values[name]} brandId={brandId} onChange={set} />
      </Field>
    );
  });
}

interface ControlProps {
  id: string;
  parameter: TemplateParameter;
  value: ParameterValue | undefined;
  brandId: string | null;
  onChange(value: ParameterValue | null): void;
}

function Control({ id, parameter, value, brandId, onChange }: ControlProps) {
  const { kind, choices = [], least, most, from } = parameter;
  // Where nothing is given, the run takes the default.
  const placeholder = parameter.default === null ? "" : String(parameter.default);
  switch (kind) {
    case "text":
      return (
        <Input
          id={id}
          maxLength={2000}
          placeholder={placeholder}
          value={String(value ?? "")}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case "whole":
    case "decimal":
      return (
        <InputNumber
          id={id}
          placeholder={placeholder}
          value={typeof value === "number" ? value : null}
          {...(kind === "whole" ? { precision: 0 } : {})}
          {...(least === undefined ? {} : { min: least })}
          {...(most === undefined ? {} : { max: most })}
          onChange={onChange}
        />
      );
    case "choice":
      return <Select id={id} value={value as string} options={choices} onChange={onChange} />;
    case "list":
      return from === "campaigns" ? (
        <CampaignPicker id={id} value={listOf(value)} brandId={brandId} onChange={onChange} />
      ) : (
        <Select
          id={id}
          mode="tags"
          tokenSeparators={[",", " ", "\n"]}
          placeholder="All, or write some"
          open={false}
          suffixIcon={null}
          value={listOf(value)}
          onChange={onChange}
        />
      );
    case "flag":
      return <Switch id={id} checked={value === true} onChange={onChange} />;
    default:
      return kind satisfies never;
  }
}

const listOf = (value: ParameterValue | undefined): string[] => (Array.isArray(value) ? value : []);
