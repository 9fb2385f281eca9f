import { Select, type SelectProps } from "antd";
import { type MemberRole, Role, roleMeanings, roleNames } from "#server/workspace/contract";
import { useViewer } from "~/shell/viewer";

/** Select knows no null. */
export const ALL_BRANDS = "all";

const options = Role.options.map((value) => ({ value, label: roleNames[value], meaning: roleMeanings[value] }));

/** Form.Item marks a required field on Select's outer element, where ARIA does not allow it. */
type FormSelect<V> = SelectProps<V> & { "aria-required"?: unknown };

/** Roles with what each may do. The server refuses a role above one's own. */
export function RoleSelect({ "aria-required": _, only, ...props }: FormSelect<Role> & { only?: readonly Role[] }) {
  return (
    <Select<Role>
      {...props}
      options={only ? options.filter(({ value }) => only.includes(value)) : options}
      optionRender={({ data }) => (
        <span className="tm-role-option">
          <strong>{data.label}</strong>
          <small>{(data as (typeof options)[number]).meaning}</small>
        </span>
      )}
    />
  );
}

/** One brand, or all of them. */
export function BrandSelect({ "aria-required": _, ...props }: FormSelect<string>) {
  return <Select<string> {...props} showSearch optionFilterProp="label" />;
}

/** All brands first, then each; brands that are archived only where the person has a role in them. */
export function useBrandOptions(roles: readonly MemberRole[] = []) {
  const { brands } = useViewer();
  const archived = roles.flatMap(({ brandId, brandName }) =>
    brandId && !brands.some(({ id }) => id === brandId)
      ? [{ value: brandId, label: `${brandName ?? "Removed brand"} (archived)` }]
      : [],
  );
  return [
    { value: ALL_BRANDS, label: "All brands" },
    ...brands.map(({ id, name }) => ({ value: id, label: name })),
    ...archived,
  ];
}
