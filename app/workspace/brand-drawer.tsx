import { useList } from "@refinedev/core";
import { Form, Input, InputNumber, Select } from "antd";
import { useMemo } from "react";
import type { Member } from "#server/workspace/contract";
import { can } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";
import { FormDrawer } from "~/ui/form-drawer";
import { type BrandForm, brandInput, brandToForm, comparedFields } from "./brand-form";

interface BrandDrawerProps {
  /** Null: a new one. */
  brand: { id: string; name: string } | null;
  /** Tags that are in use, to choose from. */
  tags?: readonly string[];
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

const currencies = ["USD", "EUR", "GBP", "CAD", "MXN", "BRL", "AUD", "JPY", "SGD", "INR", "SEK", "PLN", "TRY", "AED"];

/** Active people who see the brand; for a new one those who see all. */
function usePossibleOwners(brandId: string | null, enabled: boolean) {
  const { result } = useList<Member>({
    resource: "members",
    filters: [{ field: "state", operator: "eq", value: "active" }],
    sorters: [{ field: "name", order: "asc" }],
    pagination: { currentPage: 1, pageSize: 200 },
    queryOptions: { enabled },
    liveMode: "off",
  });
  const sees = ({ roles }: Member) => roles.some((role) => role.brandId === null || role.brandId === brandId);
  return (enabled ? result.data : []).filter(sees).map(({ id, name }) => ({ value: id, label: name }));
}

/** All that is kept of a brand. Where somebody else saved first, both versions are shown. */
export function BrandDrawer({ brand, tags = [], open, onClose, onDone }: BrandDrawerProps) {
  const viewer = useViewer();
  const mayChoose = can(viewer, "members.read");
  const owners = usePossibleOwners(brand?.id ?? null, open && mayChoose);
  const compared = useMemo(() => comparedFields((id) => owners.find(({ value }) => value === id)?.label), [owners]);
  return (
    <FormDrawer<BrandForm>
      key={brand?.id ?? "new"}
      open={open}
      onClose={onClose}
      title={brand ? `Edit ${brand.name}` : "New brand"}
      resource="brands"
      {...(brand ? { id: brand.id } : {})}
      toForm={brandToForm}
      toInput={brandInput}
      compared={compared}
      act={brand ? "Save brand" : "Create brand"}
      done={brand ? "Brand saved" : "Brand created"}
      onDone={onDone}
    >
      <Form.Item
        name="name"
        label="Name"
        extra="As your team and the client know it."
        rules={[{ required: true, whitespace: true, message: "Give the brand a name." }]}
      >
        <Input maxLength={120} autoFocus />
      </Form.Item>
      {can(viewer, "accounts.read") ? (
        <Form.Item name="tags" label="Tags" extra="Your agency's own words; clients do not see them. Enter adds one.">
          <Select mode="tags" tokenSeparators={[",", ";"]} options={tags.map((value) => ({ value, label: value }))} />
        </Form.Item>
      ) : null}
      {mayChoose ? (
        <Form.Item name="ownerUserId" label="Owner" extra="Who looks after it: somebody active who sees this brand.">
          <Select allowClear showSearch optionFilterProp="label" placeholder="Nobody" options={owners} />
        </Form.Item>
      ) : null}
      {can(viewer, "money.read") ? <BudgetFields /> : null}
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
    </FormDrawer>
  );
}

function BudgetFields() {
  return (
    <div className="tm-budget-row">
      <Form.Item name="monthlyBudget" label="Monthly budget" extra="For a calendar month; empty: none.">
        <InputNumber<string> stringMode min="0.01" max="999999999" precision={2} controls={false} inputMode="decimal" />
      </Form.Item>
      <Form.Item
        name="budgetCurrency"
        label="Currency"
        dependencies={["monthlyBudget"]}
        rules={[
          ({ getFieldValue }) => ({
            required: Boolean(getFieldValue("monthlyBudget")),
            message: "Choose a currency.",
          }),
        ]}
      >
        <Select
          allowClear
          showSearch
          placeholder="None"
          options={currencies.map((value) => ({ value, label: value }))}
        />
      </Form.Item>
    </div>
  );
}
