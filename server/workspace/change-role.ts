// Roles of the agency's own. What is changed holds for everybody who has the role from their next request on.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { roleNames } from "./contract";
import { getRole } from "./list-roles";
import { RoleCreate, RoleRemove, RoleUpdate } from "./role-contract";
import { requirePermissions } from "./role-rules";
import { deleteRole, insertRole, lockRoles, type RoleRow, selectInvited, updateRole } from "./role-store";

export const createRole = command({
  name: "role.create",
  permission: "roles.write",
  input: RoleCreate,
  run: async (ctx, { name, description = "", permissions }) => {
    requireOwnName(name);
    requirePermissions(ctx, permissions, null);
    const row = await insertRole(ctx, { name, description, permissions: tidy(permissions) });
    await ctx.changed("roles", [row.id]);
    return {
      result: await getRole(ctx, row.id),
      audit: { action: "role.created", ...about(row), after: { permissions: row.permissions } },
    };
  },
});

export const changeRole = command({
  name: "role.update",
  permission: "roles.write",
  input: RoleUpdate,
  run: async (ctx, { id, name, description, permissions, version }) => {
    const before = await lockOwn(ctx, id);
    requireOwnName(name);
    requirePermissions(ctx, [...before.permissions, ...permissions], null);
    const fields = { name, description: description ?? before.description, permissions: tidy(permissions) };
    const after = await updateRole(ctx, { id, version }, fields);
    if (!after) {
      throw new AppError("conflict", "Somebody has changed this role since you opened it.", {
        remedy: "Open it again and make your change anew.",
      });
    }
    await ctx.changed("roles", [id]);
    await ctx.changed("members");
    return {
      result: await getRole(ctx, id),
      audit: { action: "role.changed", ...about(after), before: fieldsOf(before), after: fieldsOf(after) },
    };
  },
});

export const removeRole = command({
  name: "role.remove",
  permission: "roles.write",
  input: RoleRemove,
  run: async (ctx, { id }) => {
    const before = await lockOwn(ctx, id);
    requirePermissions(ctx, before.permissions, null);
    const { holders } = await getRole(ctx, id);
    const names = [...holders.map((holder) => holder.name), ...(await selectInvited(ctx, id)).map(invited)];
    if (names.length > 0) {
      throw new AppError("conflict", `${names.join(", ")} ${names.length === 1 ? "has" : "have"} this role.`, {
        remedy: "Give them another role, or revoke the invitation; then remove this one.",
      });
    }
    await deleteRole(ctx, id);
    await ctx.changed("roles", [id]);
    return { result: { id }, audit: { action: "role.removed", ...about(before), before: fieldsOf(before) } };
  },
});

const invited = (name: string) => `${name} (invited)`;

async function lockOwn(ctx: TxCtx, id: string): Promise<RoleRow> {
  const [row] = await lockRoles(ctx, [id], "update");
  if (!row) throw notFound("This role");
  return row;
}

function requireOwnName(name: string): void {
  const builtIn = Object.values(roleNames).find((known) => known.toLowerCase() === name.toLowerCase());
  if (!builtIn) return;
  const message = `${builtIn} is a built-in role.`;
  throw new AppError("invalid", message, { fields: { name: `${message} Take another name.` } });
}

const tidy = (permissions: readonly string[]): string[] => [...new Set(permissions)].sort();
const about = ({ id, name }: RoleRow) => ({ target: { type: "role", id, label: name } });
const fieldsOf = ({ name, description, permissions }: RoleRow) => ({ name, description, permissions });
