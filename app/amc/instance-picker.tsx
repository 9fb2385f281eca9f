import { Select } from "antd";
import type { AmcInstance } from "#server/amc/contract";
import { Field } from "~/pages/field";
import { Link } from "~/providers/router";
import { missingTables } from "./tables";

interface InstancePickerProps {
  instances: AmcInstance[];
  /** What the question reads. */
  tables: readonly string[];
  value: string[];
  problem?: string | undefined;
  onChange(ids: string[]): void;
}

/** One instance or many; each says where a table is missing. */
export function InstancePicker({ instances, tables, value, problem, onChange }: InstancePickerProps) {
  const options = instances.map((instance) => {
    const { id, name, brandName, state } = instance;
    const missing = missingTables(tables, instance);
    const words = [brandName ?? "no brand", ...(missing.length > 0 ? [`lacks ${missing.join(", ")}`] : [])];
    return { value: id, label: `${name}, ${words.join(", ")}`, disabled: state !== "ready" };
  });
  // Chosen before another brand was: it is asked all the same.
  const elsewhere = value
    .filter((id) => !instances.some((one) => one.id === id))
    .map((id) => ({ value: id, label: "An instance of another brand", disabled: false }));
  return (
    <Field
      id="amc-instances"
      label="AMC instances"
      problem={problem}
      hint={
        instances.length === 0 ? (
          <>
            No AMC instance of your brands is known yet. See <Link to="/amc/instances">Instances</Link>.
          </>
        ) : (
          "Several: one run each, and one table of all answers."
        )
      }
    >
      <Select
        id="amc-instances"
        mode="multiple"
        optionFilterProp="label"
        placeholder="Whose data is asked"
        value={value}
        options={[...options, ...elsewhere]}
        onChange={onChange}
      />
    </Field>
  );
}
