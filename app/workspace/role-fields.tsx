import { useList } from "@refinedev/core";
import { Input, Select, type SelectProps } from "antd";
import { type MemberRole, Role, roleMeanings, roleNames } from "#server/workspace/contract";
import type { RoleItem } from "#server/workspace/role-contract";
import { can } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";

/** Select knows no null. */
export const ALL_BRANDS = "all";

interface RoleOption {
  value: string;
  label: string;
  meaning: string;
}

const builtIn: RoleOption[] = Role.options.map((value) => ({
  value,
  label: roleNames[value],
  meaning: roleMeanings[value],
}));

/** The built-in roles, and the agency's own for those who may see them. */
export function useRoleOptions(): RoleOption[] {
  const mayRead = can(useViewer(), "roles.read");
  const { result } = useList<RoleItem>({
    resource: "roles",
    pagination: { currentPage: 1, pageSize: 200 },
    queryOptions: { enabled: mayRead },
    errorNotification: false,
  });
  const own = result.data.filter((role) => !role.builtIn);
  return [
    ...builtIn,
    ...own.map(({ id, name, description }) => ({
      value: id,
      label: name,
      meaning: description || "A role of your own",
    })),
  ];
}

/** Form.Item marks a required field on Select's outer element, where ARIA does not allow it. */
type FormSelect<V> = SelectProps<V> & { "aria-required"?: unknown };

/** Roles with what each may do. The server refuses a role that gives more than one may oneself. */
export function RoleSelect({ "aria-required": _, only, ...props }: FormSelect<string> & { only?: readonly Role[] }) {
  const options = useRoleOptions();
  return (
    <Select<string>
      {...props}
      options={only ? options.filter(({ value }) => only.some((one) => one === value)) : options}
      optionRender={({ data }) => (
        <span className="tm-role-option">
          <strong>{data.label}</strong>
          <small>{(data as RoleOption).meaning}</small>
        </span>
      )}
    />
  );
}

/** One brand, or all of them. */
export function BrandSelect({ "aria-required": _, ...props }: FormSelect<string>) {
  return <Select<string> {...props} showSearch optionFilterProp="label" />;
}

/** Access that ends by itself after a day; empty: it does not end. */
export function UntilField({
  value,
  onChange,
  id,
}: {
  value?: string | null;
  onChange?: (day: string | null) => void;
  id?: string;
}) {
  return (
    <Input
      type="date"
      className="tm-day-field"
      {...(id ? { id } : {})}
      value={value ?? ""}
      onChange={({ target }) => onChange?.(target.value || null)}
    />
  );
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
