import { useForm } from "@refinedev/antd";
import type { BaseRecord, HttpError } from "@refinedev/core";
import { Alert, Button, Drawer, Form, Spin } from "antd";
import { useEffect, useState } from "react";
import type { ApiError } from "~/providers/data";
import type { FormDrawerProps } from "./form-drawer";

const fieldsWithErrors = (error: ApiError) =>
  Object.entries(error.errors ?? {}).map(([name, message]) => ({
    name: name.split("."),
    errors: Array.isArray(message) ? message.map(String) : [String(message)],
  }));

/** A drawer with a form of `resource`. Server errors show under their fields and what was typed stays. */
export default function DrawerForm<V extends object>(props: FormDrawerProps<V>) {
  const { open, onClose, title, resource, id, initialValues, act, done, onDone, toForm, children } = props;
  const [failure, setFailure] = useState<ApiError | null>(null);
  const { form, onFinish, formLoading, query } = useForm<BaseRecord, HttpError, V>({
    resource,
    action: id ? "edit" : "create",
    ...(id ? { id } : {}),
    redirect: false,
    queryOptions: { enabled: Boolean(id) && open },
    successNotification: () => ({ message: done, type: "success" }),
    errorNotification: false,
  });

  const record = query?.data?.data;
  useEffect(() => {
    if (!open || !record) return;
    form.setFieldsValue((toForm ? toForm(record) : record) as Parameters<typeof form.setFieldsValue>[0]);
  }, [open, record, form, toForm]);
  useEffect(() => {
    if (!open) setFailure(null);
  }, [open]);

  const submit = async (values: V) => {
    setFailure(null);
    try {
      const answer = await onFinish(values);
      onClose();
      form.resetFields();
      if (answer) onDone?.(answer.data);
    } catch (thrown) {
      const error = thrown as ApiError;
      const fields = fieldsWithErrors(error);
      form.setFields(fields as Parameters<typeof form.setFields>[0]);
      const first = fields[0];
      if (first) form.scrollToField(first.name as never, { focus: true });
      setFailure(error);
    }
  };

  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      width="min(480px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="primary" loading={formLoading} onClick={form.submit}>
            {act}
          </Button>
        </div>
      }
    >
      {/* The form is never unmounted while it loads, or the server's field errors would be lost. */}
      <Spin spinning={Boolean(query?.isLoading && id)} delay={200}>
        {failure ? (
          <Alert
            type="error"
            showIcon
            message={failure.message}
            description={failure.remedy}
            className="tm-form-failure"
          />
        ) : null}
        <Form<V>
          form={form}
          layout="vertical"
          requiredMark="optional"
          onFinish={submit}
          {...(initialValues ? { initialValues: initialValues as object } : {})}
        >
          {typeof children === "function" ? children(form) : children}
        </Form>
      </Spin>
    </Drawer>
  );
}
