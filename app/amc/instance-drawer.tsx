import type { BaseRecord } from "@refinedev/core";
import { Form, Input, Select } from "antd";
import type { AmcInstance } from "#server/amc/contract";
import { useViewer } from "~/shell/viewer";
import { FormDrawer, useKeptOpening } from "~/ui/form-drawer";
import { zoneOptions } from "./zones";

interface InstanceForm {
  brandId: string | null;
  timeZone: string;
  version: number;
}

interface InstanceDrawerProps {
  instance: AmcInstance;
  open: boolean;
  onClose(): void;
  onDone(): void;
}

const toForm = (record: BaseRecord): InstanceForm => {
  const { brandId, timeZone, version } = record as AmcInstance;
  return { brandId, timeZone, version };
};

export function InstanceDrawer({ instance, open, onClose, onDone }: InstanceDrawerProps) {
  const { brands } = useViewer();
  const { turn } = useKeptOpening(open ? instance : null);
  return (
    <FormDrawer<InstanceForm>
      key={turn}
      open={open}
      onClose={onClose}
      title={`Edit ${instance.name}`}
      resource="amc-instances"
      id={instance.id}
      toForm={toForm}
      toInput={({ brandId, ...values }) => ({ ...values, brandId: brandId ?? null })}
      compared={[
        {
          name: "brandId",
          label: "Brand",
          show: ({ brandId }) => brands.find(({ id }) => id === brandId)?.name ?? "none",
        },
        { name: "timeZone", label: "Zone", show: ({ timeZone }) => timeZone },
      ]}
      act="Save instance"
      done="Instance saved"
      onDone={onDone}
    >
      <Form.Item name="brandId" label="Brand" extra="Who may see the brand may see its answers.">
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          options={brands.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="timeZone"
        label="Days are of the zone"
        extra="Windows of questions begin and end at its midnights."
      >
        <Select showSearch optionFilterProp="label" options={zoneOptions()} />
      </Form.Item>
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
    </FormDrawer>
  );
}
