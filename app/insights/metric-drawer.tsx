import type { BaseRecord } from "@refinedev/core";
import { Form, Input, Radio } from "antd";
import type { CustomMetricItem } from "#server/insights/custom-metric-contract";
import type { ComparedField } from "~/ui/conflict";
import { FormDrawer, useKeptOpening } from "~/ui/form-drawer";

interface MetricForm {
  name: string;
  formula: string;
  unit: CustomMetricItem["unit"];
  better: "more" | "less" | "depends";
  definition: string;
  version?: number;
}

interface MetricDrawerProps {
  /** Without an id a new one is made; null: closed. */
  open: { id?: string } | null;
  onClose(): void;
  onDone(): void;
}

const toForm = (record: BaseRecord): MetricForm => {
  const { name, formula, unit, better, definition, version } = record as CustomMetricItem;
  return { name, formula, unit, better: better ?? "depends", definition, version };
};

const compared: readonly ComparedField<MetricForm>[] = [
  { name: "name", label: "Name", show: ({ name }) => name },
  { name: "formula", label: "Formula", show: ({ formula }) => formula },
  { name: "unit", label: "Unit", show: ({ unit }) => unit },
  { name: "better", label: "Direction", show: ({ better }) => better },
  { name: "definition", label: "What it means", show: ({ definition }) => definition },
];

export function MetricDrawer({ open, onClose, onDone }: MetricDrawerProps) {
  const { opening, turn } = useKeptOpening(open);
  const id = opening?.id;
  return (
    <FormDrawer<MetricForm>
      key={turn}
      open={open !== null}
      onClose={onClose}
      title={id ? "Edit the metric" : "New metric"}
      resource="custom-metrics"
      {...(id ? { id } : { initialValues: { unit: "percent" as const, better: "more" as const, definition: "" } })}
      toForm={toForm}
      toInput={({ better, version, ...values }) => ({
        ...values,
        better: better === "depends" ? null : better,
        ...(id ? { version } : {}),
      })}
      compared={compared}
      act={id ? "Save metric" : "Make metric"}
      done={id ? "Metric saved" : "Metric made"}
      onDone={onDone}
    >
      <Form.Item name="name" label="Name" rules={[{ required: true, whitespace: true, message: "Give it a name." }]}>
        <Input autoFocus maxLength={60} placeholder="Margin on ad spend" />
      </Form.Item>
      <Form.Item
        name="formula"
        label="Formula"
        extra="Metrics by their name in formulas, numbers, + - * / and parentheses. It is worked out from sums; division by zero gives no value."
        rules={[{ required: true, message: "Give a formula, such as (sales - spend) / spend." }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} placeholder="(sales - spend) / spend" />
      </Form.Item>
      <Form.Item name="unit" label="Unit" extra="Money is in the currency of the rows it is shown for.">
        <Radio.Group
          options={[
            { value: "percent", label: "Percent" },
            { value: "multiple", label: "Multiple" },
            { value: "money", label: "Money" },
            { value: "count", label: "Count" },
          ]}
        />
      </Form.Item>
      <Form.Item name="better" label="Direction">
        <Radio.Group
          options={[
            { value: "more", label: "More is better" },
            { value: "less", label: "Less is better" },
            { value: "depends", label: "Depends" },
          ]}
        />
      </Form.Item>
      <Form.Item name="definition" label="What it means" extra="One sentence a client understands.">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={300} />
      </Form.Item>
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
    </FormDrawer>
  );
}
