import { Form, Input, Select } from "antd";
import { type ApiKeySecret, keyDays } from "#server/workspace/key-contract";
import { FormDrawer } from "~/ui/form-drawer";
import { BrandsField } from "./invite-drawer";
import { KeyPermissions } from "./key-permissions";

interface KeyForm {
  name: string;
  permissions: string[];
  /** Null: all brands. */
  brandIds: string[] | null;
  networks: string[];
  expiresAt: string;
}

interface KeyDrawerProps {
  open: boolean;
  onClose: () => void;
  onDone: (made: ApiKeySecret) => void;
}

const dayMs = 24 * 3_600_000;

/** The form holds days until the moment of sending. */
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();

const lifetimes = [
  { value: 7, label: "7 days" },
  { value: 30, label: "30 days" },
  { value: keyDays.usual, label: `${keyDays.usual} days` },
  { value: 180, label: "180 days" },
  { value: keyDays.most, label: "A year" },
];

export function KeyDrawer({ open, onClose, onDone }: KeyDrawerProps) {
  return (
    <FormDrawer<KeyForm>
      open={open}
      onClose={onClose}
      title="Make an API key"
      resource="api-keys"
      act="Make key"
      done="Key made"
      initialValues={{ permissions: [], brandIds: null, networks: [] }}
      onDone={(record) => onDone(record as unknown as ApiKeySecret)}
    >
      <p className="tm-form-lead">
        Give it only what the program needs. It is refused whatever you may no longer do yourself.
      </p>
      <Form.Item
        name="name"
        label="Name"
        rules={[{ required: true, whitespace: true, message: "Give the key a name." }]}
      >
        <Input autoComplete="off" maxLength={100} placeholder="What uses it, such as Nightly export" />
      </Form.Item>
      <Form.Item
        name="permissions"
        label="It may"
        required
        rules={[{ type: "array", min: 1, message: "Choose at least one permission." }]}
      >
        <KeyPermissions />
      </Form.Item>
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
        <BrandsField fixed={false} />
      </Form.Item>
      <Form.Item
        name="networks"
        label="From these networks"
        extra="Addresses or ranges such as 203.0.113.0/24; empty: any."
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " "]} placeholder="Any network" />
      </Form.Item>
      <Form.Item name="expiresAt" noStyle>
        <Lifetime />
      </Form.Item>
    </FormDrawer>
  );
}

/** A span of days as the moment it ends; nothing chosen: the server's 90 days. */
function Lifetime({ value, onChange }: { value?: string; onChange?: (value: string) => void }) {
  return (
    <Form.Item label="Expires in" htmlFor="key-lifetime" extra="You are told in your inbox a week before.">
      <Select
        id="key-lifetime"
        value={value ? Math.round((Date.parse(value) - Date.now()) / dayMs) : keyDays.usual}
        options={lifetimes}
        onChange={(days: number) => onChange?.(inDays(days))}
      />
    </Form.Item>
  );
}
