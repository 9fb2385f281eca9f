import { Input, Select } from "antd";
import { parameterKinds, type TemplateParameter } from "#server/amc/template-contract";

interface DeclaredParametersProps {
  parameters: TemplateParameter[];
  onChange(parameters: TemplateParameter[]): void;
}

const kindWords: Record<Exclude<TemplateParameter["kind"], "choice">, string> = {
  text: "Text",
  whole: "Whole number",
  decimal: "Number",
  list: "List of texts",
  flag: "Yes or no",
};
/** What a parameter of each kind has until somebody says otherwise. */
export const beginnings: Record<TemplateParameter["kind"], TemplateParameter["default"]> = {
  text: null,
  whole: null,
  decimal: null,
  choice: null,
  list: [],
  flag: false,
};

/** What the parameters named in the SQL are. */
export function DeclaredParameters({ parameters, onChange }: DeclaredParametersProps) {
  const change = (name: string, next: Partial<TemplateParameter>) =>
    onChange(parameters.map((one) => (one.name === name ? { ...one, ...next } : one)));
  return parameters.map(({ name, label, kind }) => (
    <div key={name} className="tm-declared">
      <code>{name}</code>
      <Select
        aria-label={`Kind of ${name}`}
        value={kind}
        options={parameterKinds.flatMap((value) =>
          // What can be chosen is described with a template of its own.
          value === "choice" && kind !== "choice"
            ? []
            : [{ value, label: value === "choice" ? "Choice" : kindWords[value] }],
        )}
        onChange={(next: TemplateParameter["kind"]) => change(name, { kind: next, default: beginnings[next] })}
      />
      <Input
        aria-label={`Label of ${name}`}
        maxLength={80}
        value={label}
        onChange={({ target }) => change(name, { label: target.value })}
      />
    </div>
  ));
}
