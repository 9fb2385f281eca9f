// The lists of the product, for what an agency makes of them itself: pages and actions.
import type { Ctx } from "../core/context";
import { requireRead, wholeList } from "../core/query";
import type { Resource } from "../core/resource";
import type { ListedResource } from "../pages/contract";
import type { Catalogue, FoundRecord } from "../pages/services";
import { describeResource } from "./describe";
import { findByIds, type Item, labelOfItem } from "./lists/find-records";
import { resources } from "./resources";

const listed = (name: string): Resource | null => resources.find((one) => one.name === name && one.list) ?? null;

export const catalogue: Catalogue = {
  names: () => resources.filter(({ list }) => list).map(({ name }) => name),
  describe: (name) => {
    const resource = listed(name);
    return resource && described(resource);
  },
  async find(ctx, name, ids) {
    const resource = readable(ctx, name);
    if (!resource) return new Map();
    const items = await findByIds(ctx, resource, ids);
    return new Map([...items].map(([id, item]) => [id, found(resource, item)]));
  },
  async findAny(ctx, name) {
    const resource = readable(ctx, name);
    const read = await ctx.tx(async (tx) => resource?.list?.run(tx, wholeList(1)));
    const [item] = (read?.items ?? []) as Item[];
    return resource && item ? found(resource, item) : null;
  },
};

function readable(ctx: Ctx, name: string): Resource | null {
  const resource = listed(name);
  if (resource?.list) requireRead(ctx, resource.list.permission, "anyBrand");
  return resource;
}

function described(resource: Resource): ListedResource | null {
  const { name, title, fields, filters, permission, findable } = describeResource(resource);
  return permission === null ? null : { name, title, fields, filters, permission, findable };
}

function found(resource: Resource, item: Item): FoundRecord {
  const { fields } = describeResource(resource);
  const read = (key: string) => resource.fields?.[key]?.read?.(item) ?? item[key] ?? null;
  const isBrand = (resource.seenAs ?? resource).name === "brands";
  return {
    id: item.id,
    label: labelOfItem(item),
    brandId: isBrand ? item.id : typeof item.brandId === "string" ? item.brandId : null,
    values: Object.fromEntries(fields.map(({ key }) => [key, read(key)])),
  };
}
