import { useCreate } from "@refinedev/core";
import { Input, Select } from "antd";
import type { BulkForm, BulkFormProps } from "~/lists/bulk-form";
import { can } from "~/providers/access-control";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";

const NEW = "new";
const NONE = "none";

/** Which brand the selected accounts go to; a new one can be made on the way. */
function AssignFields({ value, onChange }: BulkFormProps) {
  const viewer = useViewer();
  const options = [
    ...viewer.brands.map((brand) => ({ value: brand.id, label: brand.name })),
    ...(can(viewer, "brands.write") ? [{ value: NEW, label: "New brand…" }] : []),
    { value: NONE, label: "No brand" },
  ];
  return (
    <>
      <label htmlFor="assign-brand">Brand</label>
      <Select
        id="assign-brand"
        showSearch
        optionFilterProp="label"
        placeholder="Choose a brand"
        value={(value.choice as string | undefined) ?? null}
        onChange={(choice) => onChange({ ...value, choice })}
        options={options}
      />
      {value.choice === NEW ? (
        <>
          <label htmlFor="assign-name">Name of the new brand</label>
          <Input
            id="assign-name"
            value={String(value.name ?? "")}
            maxLength={120}
            onChange={(event) => onChange({ ...value, name: event.target.value })}
          />
        </>
      ) : null}
    </>
  );
}

export function useAssignForm(): BulkForm {
  const revalidate = useReread();
  const { mutateAsync: create } = useCreate<{ id: string }>();
  return {
    Fields: AssignFields,
    isReady: ({ choice, name }) => Boolean(choice) && (choice !== NEW || String(name ?? "").trim() !== ""),
    toInput: async ({ choice, name }) => {
      if (choice !== NEW) return { brandId: choice === NONE ? null : choice };
      const values = { name };
      const { data } = await create({
        resource: "brands",
        values,
        errorNotification: false,
        successNotification: false,
      });
      revalidate();
      return { brandId: data.id };
    },
  };
}
