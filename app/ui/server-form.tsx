import { Alert, Form, type FormInstance } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { ApiError } from "~/providers/data";

interface ServerFormProps<V extends object> {
  initialValues?: V;
  /** Rejects with the server's ApiError. */
  onSend: (values: V, form: FormInstance<V>) => Promise<void>;
  children: ReactNode;
}

/** A form on a page. What the server says of a field stands under it, everything else above the form. */
export function ServerForm<V extends object>({ initialValues, onSend, children }: ServerFormProps<V>) {
  const [form] = Form.useForm<V>();
  const [failure, setFailure] = useState<ApiError | null>(null);
  // Fields of two forms on one page may have the same name.
  const name = useId().replaceAll(":", "");
  const send = async (values: V) => {
    setFailure(null);
    try {
      await onSend(values, form);
    } catch (thrown) {
      const error = thrown as ApiError;
      const fields = Object.entries(error.errors ?? {}).map(([name, words]) => ({ name, errors: [String(words)] }));
      form.setFields(fields as unknown as Parameters<typeof form.setFields>[0]);
      if (fields[0]) form.focusField(fields[0].name as never);
      else setFailure(error);
    }
  };
  return (
    <Form<V>
      form={form}
      name={name}
      layout="vertical"
      requiredMark={false}
      className="tm-server-form"
      onFinish={send}
      {...(initialValues ? { initialValues: initialValues as object } : {})}
    >
      {failure ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          className="tm-form-failure"
          message={failure.message}
          description={failure.remedy}
        />
      ) : null}
      {children}
    </Form>
  );
}
