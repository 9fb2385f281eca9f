import type { BaseRecord } from "@refinedev/core";
import { Button, Form } from "antd";
import type { Member, RoleGrant } from "#server/workspace/contract";
import { useViewer } from "~/shell/viewer";
import { FormDrawer } from "~/ui/form-drawer";
import { ALL_BRANDS, BrandSelect, RoleSelect, UntilField, useBrandOptions } from "./role-fields";

interface RolesForm {
  roles: RoleGrant[];
}

const formOf = (record: BaseRecord): RolesForm => ({
  roles: (record as unknown as Member).roles.map(({ brandId, role, until }) => ({
    brandId,
    role,
    until,
  })),
});

interface RolesDrawerProps {
  member: Member | null;
  onClose: () => void;
  onDone: () => void;
}

/** All roles of one person: one line for all brands, or one a brand. */
export function RolesDrawer({ member, onClose, onDone }: RolesDrawerProps) {
  const { user } = useViewer();
  const brands = useBrandOptions(member?.roles ?? []);
  return (
    <FormDrawer<RolesForm>
      key={member?.id ?? "none"}
      open={member !== null}
      onClose={onClose}
      title={member ? `Roles of ${member.name}` : "Roles"}
      resource="members"
      {...(member ? { id: member.id } : {})}
      toForm={formOf}
      act="Save roles"
      done="Roles changed; they hold from now on"
      onDone={onDone}
    >
      {member?.id === user.id ? <p className="tm-form-lead">These are your own roles.</p> : null}
      <Form.List name="roles">
        {(rows, { add, remove }, { errors }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="tm-role-row">
                <Form.Item name={[name, "role"]} label="Role" rules={[{ required: true, message: "Choose a role." }]}>
                  <RoleSelect />
                </Form.Item>
                <Form.Item
                  name={[name, "brandId"]}
                  label="For"
                  required
                  getValueProps={(value) => ({ value: value === null ? ALL_BRANDS : value })}
                  normalize={(value) => (value === ALL_BRANDS ? null : value)}
                >
                  <BrandSelect options={brands} />
                </Form.Item>
                <Form.Item name={[name, "until"]} label="Until" tooltip="Ends by itself after this day, UTC">
                  <UntilField />
                </Form.Item>
                <Button aria-label="Remove this role" disabled={rows.length === 1} onClick={() => remove(name)}>
                  Remove
                </Button>
              </div>
            ))}
            <Button onClick={() => add({ brandId: null, role: "client", until: null })}>Add a role</Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </FormDrawer>
  );
}
