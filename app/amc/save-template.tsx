import type { BaseRecord } from "@refinedev/core";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import type { AmcChart, AmcTemplate, LintAnswer, OutputColumn, TemplateParameter } from "#server/amc/template-contract";
import { useUrlParam } from "~/providers/router";
import { usePlace } from "~/shell/use-place";
import { FormDrawer, useKeptOpening } from "~/ui/form-drawer";
import { ChartFields, type ChartForm, chartOf, formOfChart } from "./chart-fields";

interface SaveTemplateProps {
  template: AmcTemplate | null;
  sql: string;
  parameters: TemplateParameter[];
  lint: LintAnswer | null;
  disabled: boolean;
}

interface TemplateForm extends ChartForm {
  title: string;
  question: string;
  tags: string[];
  guide: string;
}

/** Saves over the agency's own question, or as a new one: a fork, where it began with another. */
export function SaveTemplate({ template, sql, parameters, lint, disabled }: SaveTemplateProps) {
  const { goTo } = usePlace();
  const [view] = useUrlParam("view");
  const [open, setOpen] = useState<{ id?: string } | null>(null);
  const { opening, turn } = useKeptOpening(open);
  const own = template && !template.builtIn ? template : null;
  const columns = columnsOf(lint, template?.columns ?? []);
  const toInput = ({ title, question, tags, guide, ...chart }: TemplateForm) => ({
    ...{ title, question, tags, guide, sql, parameters, columns },
    chart: chartOf(chart),
    ...(opening?.id ? { version: own?.version } : { forkOf: template?.id ?? null }),
  });
  return (
    <>
      {own ? (
        <Button onClick={() => setOpen({ id: own.id })} disabled={disabled}>
          Save version
        </Button>
      ) : null}
      <Button onClick={() => setOpen({})} disabled={disabled}>
        Save as a question
      </Button>
      <FormDrawer<TemplateForm>
        key={turn}
        open={open !== null}
        onClose={() => setOpen(null)}
        title={opening?.id ? "Save a version" : "Save as a question"}
        resource="amc-templates"
        {...(opening?.id ? { id: opening.id } : {})}
        initialValues={toForm(template)}
        toForm={(record: BaseRecord) => toForm(record as AmcTemplate)}
        toInput={toInput}
        act={opening?.id ? "Save version" : "Save question"}
        done="Question saved"
        onDone={(record) => goTo(`/amc/sql?template=${record.id}${view ? `&view=${view}` : ""}`)}
      >
        <Form.Item
          name="title"
          label="Title"
          rules={[{ required: true, whitespace: true, message: "Give it a title." }]}
        >
          <Input autoFocus maxLength={80} />
        </Form.Item>
        <Form.Item
          name="question"
          label="Question it answers"
          extra="As a person would ask it: the gallery is searched by it."
        >
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={200} />
        </Form.Item>
        <Form.Item name="tags" label="Subjects">
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[","]} />
        </Form.Item>
        <ChartFields columns={columns} />
        <Form.Item name="guide" label="How to read it">
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={5000} />
        </Form.Item>
      </FormDrawer>
    </>
  );
}

const toForm = (template: AmcTemplate | null): TemplateForm => ({
  title: template?.title ?? "",
  question: template?.question ?? "",
  tags: template?.tags ?? [],
  guide: template?.guide ?? "",
  ...formOfChart(template?.chart ?? ({ kind: "table" } satisfies AmcChart)),
});

const numbers = /^(LONG|INTEGER|SHORT|BYTE|DOUBLE|FLOAT|DECIMAL)/;

/** Columns that the SQL gives: described ones stay, others are named by themselves. */
function columnsOf(lint: LintAnswer | null, described: readonly OutputColumn[]): OutputColumn[] {
  if (!lint) return [...described];
  return lint.columns.map(
    ({ name, dataType }) =>
      described.find((column) => column.name === name) ?? {
        name,
        label: name,
        unit: numbers.test(dataType) ? "number" : "text",
      },
  );
}
