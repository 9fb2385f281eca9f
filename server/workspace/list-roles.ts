// Built-in roles first, then the agency's own by name, each with who has it now.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult } from "../core/query";
import { Role, roleMeanings, roleNames } from "./contract";
import { rolePermissions } from "./permissions";
import type { RoleItem } from "./role-contract";
import { selectCustomRoles, selectHolders } from "./role-store";

export async function allRoles(ctx: TxCtx): Promise<RoleItem[]> {
  const holders = await selectHolders(ctx);
  const holding = (id: string) => holders.filter(({ role, roleId }) => (roleId ?? role) === id).map(toPerson);
  const builtIn = Role.options.map(
    (id): RoleItem => ({
      id,
      name: roleNames[id],
      description: roleMeanings[id],
      builtIn: true,
      permissions: [...rolePermissions[id]],
      holders: holding(id),
      version: 1,
    }),
  );
  const own = (await selectCustomRoles(ctx)).map(
    ({ id, name, description, permissions, version }): RoleItem => ({
      id,
      name,
      description,
      builtIn: false,
      permissions,
      holders: holding(id),
      version,
    }),
  );
  return [...builtIn, ...own];
}

export async function listRoles(ctx: TxCtx, query: ListQuery): Promise<ListResult<RoleItem>> {
  const text = query.search?.toLowerCase() ?? "";
  const ids = filterValues(query, "id");
  const items = (await allRoles(ctx)).filter(
    ({ id, name, description }) => (!ids || ids.includes(id)) && `${name} ${description}`.toLowerCase().includes(text),
  );
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

export async function getRole(ctx: TxCtx, id: string): Promise<RoleItem> {
  const role = (await allRoles(ctx)).find((one) => one.id === id);
  if (!role) throw notFound("This role");
  return role;
}

const toPerson = ({ id, name }: { id: string; name: string }) => ({ id, name });
