import type { BaseRecord } from "@refinedev/core";
import { Drawer, Form, Input } from "antd";
import type { RoleItem } from "#server/workspace/role-contract";
import { FormDrawer } from "~/ui/form-drawer";
import { PermissionMatrix } from "./permission-matrix";

/** Which role is open, and how: a new one may begin as a copy. */
export type RoleOpen = { how: "new"; from?: RoleItem } | { how: "edit" | "see"; role: RoleItem } | null;

interface RoleDrawerProps {
  open: RoleOpen;
  onClose: () => void;
  onDone: () => void;
}

interface RoleForm {
  name: string;
  description: string;
  permissions: string[];
  version?: number;
}

const formOf = (record: BaseRecord): RoleForm => {
  const { name, description, permissions, version } = record as unknown as RoleItem;
  return { name, description, permissions, version };
};

export function RoleDrawer({ open, onClose, onDone }: RoleDrawerProps) {
  const seen = open?.how === "see" ? open.role : null;
  const edited = open?.how === "edit" ? open.role : null;
  const from = open?.how === "new" ? open.from : undefined;
  return (
    <>
      <Drawer
        open={seen !== null}
        onClose={onClose}
        title={seen ? `What ${seen.name} may do` : "Role"}
        width="min(480px, 100vw)"
      >
        <PermissionMatrix value={seen?.permissions ?? []} readOnly />
      </Drawer>
      <FormDrawer<RoleForm>
        key={edited?.id ?? from?.id ?? "new"}
        open={open !== null && open.how !== "see"}
        onClose={onClose}
        title={edited ? `Change ${edited.name}` : from ? `Copy ${from.name}` : "New role"}
        resource="roles"
        {...(edited ? { id: edited.id, toForm: formOf } : {})}
        act={edited ? "Save role" : "Create role"}
        done={edited ? "Role changed; it holds from now on" : "Role created"}
        initialValues={
          from
            ? { name: `${from.name} copy`, description: from.description, permissions: from.permissions }
            : { description: "", permissions: ["brands.read", "campaigns.read", "insights.read"] }
        }
        onDone={onDone}
      >
        {edited && edited.holders.length > 0 ? (
          <p className="tm-form-lead">Holds at once for {edited.holders.map(({ name }) => name).join(", ")}.</p>
        ) : null}
        <Form.Item name="name" label="Name" rules={[{ required: true, whitespace: true, message: "Give a name." }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="description" label="What it is for">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="permissions"
          label="What it may do"
          rules={[{ required: true, type: "array", min: 1, message: "Choose at least one permission." }]}
        >
          <PermissionMatrix />
        </Form.Item>
        {edited ? (
          <Form.Item name="version" hidden>
            <Input />
          </Form.Item>
        ) : null}
      </FormDrawer>
    </>
  );
}
