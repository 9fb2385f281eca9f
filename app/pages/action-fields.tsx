import { Input, InputNumber, Select } from "antd";
import type { ActionDefinition } from "#server/pages/action-contract";
import type { FieldsProps } from "./definition-drawer";
import { Field } from "./field";
import { FormRows } from "./form-rows";
import { permissionOptions } from "./page-fields";
import { problemAt } from "./problems";
import { type Descriptions, listWords } from "./use-descriptions";

type ActionFieldsProps = FieldsProps<ActionDefinition> & { descriptions: Descriptions };

export function ActionFields({ value, onChange, problems, descriptions }: ActionFieldsProps) {
  const set = (change: Partial<ActionDefinition>) => onChange({ ...value, ...change });
  const fields = descriptions.of(value.resource)?.fields ?? [];
  const lists = descriptions.lists.filter(({ findable }) => findable);
  const list = (resource: string) => {
    const usual = (descriptions.of(resource)?.fields ?? []).filter(({ optional }) => !optional);
    set({ resource, sends: usual.map(({ key }) => key) });
  };
  return (
    <>
      <Field id="action-label" label="Name" problem={problems.label} hint="What the button says: Open a ticket.">
        <Input
          id="action-label"
          maxLength={40}
          value={value.label}
          onChange={({ target }) => set({ label: target.value })}
        />
      </Field>
      <Field id="action-resource" label="For" problem={problems.resource}>
        <Select
          id="action-resource"
          showSearch
          optionFilterProp="label"
          placeholder="Choose whose records it is for"
          value={value.resource || undefined}
          options={lists.map(({ name }) => ({ value: name, label: listWords(name) }))}
          onChange={list}
        />
      </Field>
      <Field
        id="action-url"
        label="Address"
        problem={problems.url}
        hint="A POST goes there, over https. Addresses inside a private network are refused."
      >
        <Input
          id="action-url"
          type="url"
          placeholder="https://hooks.example.com/tidemark"
          value={value.url}
          onChange={({ target }) => set({ url: target.value })}
        />
      </Field>
      <Field
        id="action-sends"
        label="Sends of the record"
        problem={problemAt(problems, "sends")}
        hint="As far as whoever uses it may see them: money is left out for others."
      >
        <Select
          id="action-sends"
          mode="multiple"
          optionFilterProp="label"
          placeholder="Only its id and name"
          value={value.sends}
          options={fields.map(({ key, label }) => ({ value: key, label }))}
          onChange={(sends) => set({ sends })}
        />
      </Field>
      <FormRows value={value.form} problems={problems} onChange={(form) => set({ form })} />
      <Field
        id="action-confirm"
        label="Words to confirm"
        problem={problems.confirm}
        hint={
          <>
            Fields in curly brackets are filled in: <code>{"{count}"}</code>
            {value.form.slice(0, 2).map(({ key }) => (
              <span key={key}>
                , <code>{`{${key}}`}</code>
              </span>
            ))}
            {fields.some(({ key }) => key === "name") ? (
              <>
                , <code>{"{name}"}</code>
              </>
            ) : null}
            .
          </>
        }
      >
        <Input.TextArea
          id="action-confirm"
          rows={2}
          maxLength={500}
          value={value.confirm}
          onChange={({ target }) => set({ confirm: target.value })}
        />
      </Field>
      <Field
        id="action-permission"
        label="Used by who may"
        problem={problems.permission}
        hint="For the record's own brand, besides using custom actions at all."
      >
        <Select
          id="action-permission"
          showSearch
          optionFilterProp="label"
          value={value.permission}
          options={permissionOptions}
          onChange={(permission) => set({ permission })}
        />
      </Field>
      <Field id="action-timeout" label="Timeout, seconds" problem={problems.timeoutSeconds}>
        <InputNumber
          id="action-timeout"
          min={1}
          max={30}
          precision={0}
          value={value.timeoutSeconds}
          onChange={(next) => set({ timeoutSeconds: next ?? 10 })}
        />
      </Field>
    </>
  );
}
