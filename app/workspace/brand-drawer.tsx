import { Form, Input } from "antd";
import type { Brand } from "#server/workspace/contract";
import { FormDrawer } from "~/ui/form-drawer";

interface BrandDrawerProps {
  /** Null: a new one. */
  brand: Brand | null;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** The version goes along unseen: somebody else's change is never overwritten. */
export function BrandDrawer({ brand, open, onClose, onDone }: BrandDrawerProps) {
  return (
    <FormDrawer<{ name: string; version?: number }>
      key={brand?.id ?? "new"}
      open={open}
      onClose={onClose}
      title={brand ? `Rename ${brand.name}` : "New brand"}
      resource="brands"
      {...(brand ? { id: brand.id } : {})}
      act={brand ? "Save name" : "Create brand"}
      done={brand ? "Brand renamed" : "Brand created"}
      onDone={onDone}
    >
      <Form.Item
        name="name"
        label="Name"
        extra="As your team and the client know it."
        rules={[{ required: true, whitespace: true, message: "Give the brand a name." }]}
      >
        <Input maxLength={120} autoFocus />
      </Form.Item>
      {brand ? (
        <Form.Item name="version" hidden>
          <Input />
        </Form.Item>
      ) : null}
    </FormDrawer>
  );
}
