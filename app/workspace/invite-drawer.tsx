import { Form, Input, Radio, Select } from "antd";
import { type InvitationLink, wholeAgencyRoles } from "#server/workspace/contract";
import { useViewer } from "~/shell/viewer";
import { FormDrawer } from "~/ui/form-drawer";
import { RoleSelect, UntilField } from "./role-fields";

interface InviteForm {
  email: string;
  name: string;
  role: string;
  until: string | null;
  /** Null: all brands. */
  brandIds: string[] | null;
}

interface InviteDrawerProps {
  open: boolean;
  onClose: () => void;
  onDone: (made: InvitationLink) => void;
}

export const isForAll = (role: string): boolean => wholeAgencyRoles.some((whole) => whole === role);

export function InviteDrawer({ open, onClose, onDone }: InviteDrawerProps) {
  return (
    <FormDrawer<InviteForm>
      open={open}
      onClose={onClose}
      title="Invite somebody"
      resource="invitations"
      act="Invite"
      done="Invitation created"
      initialValues={{ role: "lead", brandIds: null, until: null }}
      onDone={(record) => onDone(record as unknown as InvitationLink)}
    >
      {(form) => (
        <>
          <p className="tm-form-lead">
            They get a mail with a link, where this installation can send mails, and you see the link too. It works
            once, for 7 days.
          </p>
          <Form.Item
            name="email"
            label="Email"
            rules={[{ required: true, type: "email", message: "Give an address." }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="name" label="Name" rules={[{ required: true, whitespace: true, message: "Give a name." }]}>
            <Input autoComplete="off" maxLength={100} />
          </Form.Item>
          <Form.Item name="role" label="Role" required>
            <RoleSelect
              onChange={(role) => {
                if (isForAll(role)) form.setFieldValue("brandIds", null);
              }}
            />
          </Form.Item>
          <Form.Item noStyle dependencies={["role"]}>
            {() => (
              <Form.Item
                name="brandIds"
                label="For"
                required
                rules={[
                  {
                    validator: (_, value: string[] | null) =>
                      value?.length === 0 ? Promise.reject(new Error("Choose at least one brand.")) : Promise.resolve(),
                  },
                ]}
              >
                <BrandsField fixed={isForAll(form.getFieldValue("role"))} />
              </Form.Item>
            )}
          </Form.Item>
          <Form.Item
            name="until"
            label="Until"
            extra="Access ends by itself after this day, UTC. Empty: it does not end."
          >
            <UntilField />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

interface BrandsFieldProps {
  value?: string[] | null;
  onChange?: (value: string[] | null) => void;
  /** Owner and admin are for all brands. */
  fixed: boolean;
}

/** All brands, or some. */
export function BrandsField({ value = null, onChange, fixed }: BrandsFieldProps) {
  const { brands } = useViewer();
  const all = fixed || value === null;
  return (
    <>
      <Radio.Group
        value={all ? "all" : "some"}
        disabled={fixed || brands.length === 0}
        onChange={({ target }) => onChange?.(target.value === "all" ? null : [])}
        options={[
          { value: "all", label: "All brands" },
          { value: "some", label: "Some brands" },
        ]}
      />
      {all ? null : (
        <Select
          mode="multiple"
          className="tm-wide-field"
          aria-label="Brands"
          placeholder="Choose brands"
          optionFilterProp="label"
          value={value}
          options={brands.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(ids: string[]) => onChange?.(ids)}
        />
      )}
    </>
  );
}
