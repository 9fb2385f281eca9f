import { useUpdate } from "@refinedev/core";
import { Button, Form, Input } from "antd";
import { ServerForm } from "~/ui/server-form";

/** Colleagues see the name beside what one does. */
export function NameForm({ name, onSaved }: { name: string; onSaved: () => void }) {
  const { mutateAsync, mutation } = useUpdate();
  return (
    <ServerForm<{ name: string }>
      initialValues={{ name }}
      onSend={async (values) => {
        await mutateAsync({
          resource: "profile",
          id: "me",
          values,
          errorNotification: false,
          successNotification: { message: "Name changed", type: "success" },
        });
        onSaved();
      }}
    >
      <Form.Item
        name="name"
        label="Name"
        extra="Your colleagues see it beside what you do."
        rules={[{ required: true, whitespace: true, message: "Give a name." }]}
      >
        <Input autoComplete="name" maxLength={100} />
      </Form.Item>
      <Button htmlType="submit" loading={mutation.isPending}>
        Save name
      </Button>
    </ServerForm>
  );
}
