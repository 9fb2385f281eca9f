import { useList } from "@refinedev/core";
import { Input, Select } from "antd";
import type { CustomAction } from "#server/pages/action-contract";
import { menuPlaces, menuWords, type PageDefinition } from "#server/pages/contract";
import type { RoleItem } from "#server/workspace/role-contract";
import { grantable, permissionWords } from "#server/workspace/role-contract";
import type { FieldsProps } from "./definition-drawer";
import { Field } from "./field";
import { FilterRows } from "./filter-rows";
import { OrderedPicks } from "./ordered-picks";
import { problemAt } from "./problems";
import { type Descriptions, listWords } from "./use-descriptions";

type PageFieldsProps = FieldsProps<PageDefinition> & { descriptions: Descriptions };

/** "Paused campaigns" as "paused-campaigns". */
export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "");

export const permissionOptions = grantable.map((value) => ({ value, label: permissionWords(value) }));

export function PageFields(props: PageFieldsProps) {
  const { value, onChange, problems, descriptions } = props;
  const set = (change: Partial<PageDefinition>) => onChange({ ...value, ...change });
  const rename = (title: string) =>
    set({ title, ...(value.slug === slugOf(value.title) ? { slug: slugOf(title) } : {}) });
  return (
    <>
      <Field id="page-title" label="Title" problem={problems.title}>
        <Input id="page-title" maxLength={60} value={value.title} onChange={({ target }) => rename(target.value)} />
      </Field>
      <Field id="page-slug" label="Address" problem={problems.slug}>
        <Input
          id="page-slug"
          addonBefore="/pages/"
          maxLength={50}
          value={value.slug}
          onChange={({ target }) => set({ slug: target.value })}
        />
      </Field>
      <Field id="page-description" label="What it is for" problem={problems.description}>
        <Input
          id="page-description"
          maxLength={200}
          value={value.description}
          onChange={({ target }) => set({ description: target.value })}
        />
      </Field>
      <ListFields {...props} set={set} />
      <SeenFields value={value} problems={problems} set={set} />
      <Field id="page-menu" label="Place in the navigation" problem={problems.menu}>
        <Select
          id="page-menu"
          value={value.menu}
          options={menuPlaces.map((place) => ({ value: place, label: menuWords[place] }))}
          onChange={(menu) => set({ menu })}
        />
      </Field>
      {descriptions.all ? null : <p className="tm-muted">The lists are being read…</p>}
    </>
  );
}

interface PartProps extends Pick<PageFieldsProps, "value" | "problems"> {
  set: (change: Partial<PageDefinition>) => void;
}

/** What the page lists, and how. */
function ListFields({ value, problems, descriptions, set }: PartProps & Pick<PageFieldsProps, "descriptions">) {
  const description = descriptions.of(value.resource);
  const columns = (description?.fields ?? []).map(({ key, label }) => ({ value: key, label }));
  const sortable = (description?.fields ?? []).filter((field) => field.sortable);
  const { result } = useList<CustomAction>({
    resource: "custom-actions",
    pagination: { currentPage: 1, pageSize: 200 },
  });
  const actions = result.data.filter(({ resource }) => resource === value.resource);
  const list = (resource: string) => {
    const usual = (descriptions.of(resource)?.fields ?? []).filter(({ optional }) => !optional);
    set({ resource, columns: usual.slice(0, 6).map(({ key }) => key), filters: [], sort: null, actions: [] });
  };
  return (
    <>
      <Field id="page-resource" label="Lists" problem={problems.resource} hint={description?.description}>
        <Select
          id="page-resource"
          showSearch
          optionFilterProp="label"
          placeholder="Choose a list"
          value={value.resource || undefined}
          options={descriptions.lists.map(({ name }) => ({ value: name, label: listWords(name) }))}
          onChange={list}
        />
      </Field>
      <Field
        id="page-columns"
        label="Columns, in this order"
        problem={problemAt(problems, "columns")}
        hint="The first one names the row."
      >
        <OrderedPicks
          id="page-columns"
          what="column"
          options={columns}
          value={value.columns}
          onChange={(next) => set({ columns: next })}
        />
      </Field>
      <FilterRows
        filters={description?.filters ?? []}
        value={value.filters}
        problems={problems}
        onChange={(filters) => set({ filters })}
      />
      <Field id="page-sort" label="Sorted by" problem={problemAt(problems, "sort")}>
        <Select
          id="page-sort"
          allowClear
          placeholder="The list's own order"
          value={value.sort ? `${value.sort.field} ${value.sort.order}` : undefined}
          options={sortable.flatMap(({ key, label }) => [
            { value: `${key} asc`, label: `${label}, ascending` },
            { value: `${key} desc`, label: `${label}, descending` },
          ])}
          onChange={(next?: string) => {
            const [field = "", order] = next?.split(" ") ?? [];
            set({ sort: field ? { field, order: order === "desc" ? "desc" : "asc" } : null });
          }}
        />
      </Field>
      <Field
        id="page-actions"
        label="Actions for its rows"
        problem={problemAt(problems, "actions")}
        hint={actions.length === 0 ? "No custom action is made for this list yet." : undefined}
      >
        <Select
          id="page-actions"
          mode="multiple"
          placeholder="None"
          optionFilterProp="label"
          value={value.actions}
          options={actions.map(({ id, label }) => ({ value: id, label }))}
          onChange={(next) => set({ actions: next })}
        />
      </Field>
    </>
  );
}

/** Who sees the page. */
function SeenFields({ value, problems, set }: PartProps) {
  const { seenBy } = value;
  const { result } = useList<RoleItem>({ resource: "roles", pagination: { currentPage: 1, pageSize: 200 } });
  return (
    <>
      <Field
        id="page-roles"
        label="Seen by the roles"
        problem={problemAt(problems, "seenBy.roles")}
        hint="Whoever makes pages sees all of them. Nobody sees more rows or figures here than in the list itself."
      >
        <Select
          id="page-roles"
          mode="multiple"
          placeholder="Any role that may open custom pages"
          optionFilterProp="label"
          value={seenBy.roles}
          options={result.data.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(roles) => set({ seenBy: { ...seenBy, roles } })}
        />
      </Field>
      <Field id="page-permission" label="And by who may" problem={problemAt(problems, "seenBy.permission")}>
        <Select
          id="page-permission"
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder="Nothing more is asked for"
          value={seenBy.permission ?? undefined}
          options={permissionOptions}
          onChange={(permission) => set({ seenBy: { ...seenBy, permission: permission ?? null } })}
        />
      </Field>
    </>
  );
}
