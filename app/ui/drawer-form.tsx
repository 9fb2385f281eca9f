import { useForm } from "@refinedev/antd";
import type { BaseRecord, HttpError } from "@refinedev/core";
import { Alert, Button, Drawer, Form, type FormInstance, Spin } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ApiError } from "~/providers/data";
import { Conflict, untouched } from "./conflict";
import type { FormDrawerProps } from "./form-drawer";

const fieldsWithErrors = (error: ApiError) =>
  Object.entries(error.errors ?? {}).map(([name, message]) => ({
    name: name.split("."),
    errors: Array.isArray(message) ? message.map(String) : [String(message)],
  }));

type Setting<V> = Parameters<FormInstance<V>["setFieldsValue"]>[0];

/** Refine's form with what the server answers: field errors, and the other version where somebody else saved first. */
function useDrawerForm<V extends object>(props: FormDrawerProps<V>) {
  const { open, onClose, resource, id, done, onDone, toForm, toInput, compared } = props;
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [before, setBefore] = useState<V | null>(null);
  const [now, setNow] = useState<V | null>(null);
  const { form, onFinish, formLoading, query } = useForm<BaseRecord, HttpError, V>({
    resource,
    action: id ? "edit" : "create",
    ...(id ? { id } : {}),
    redirect: false,
    queryOptions: { enabled: Boolean(id) && open },
    // What is typed stays: a change by somebody else shows when this one is saved.
    liveMode: "off",
    successNotification: () => ({ message: done, type: "success" }),
    errorNotification: false,
  });
  const record = query?.isFetching ? undefined : query?.data?.data;
  const filled = useRef(false);
  const typed = useRef<V | null>(null);
  useEffect(() => {
    if (!open || !record) return;
    if (filled.current && compared) {
      // Refine empties the form when the record is read anew after a refusal; what was typed must stay.
      if (typed.current) form.setFieldsValue(typed.current as Setting<V>);
      return;
    }
    filled.current = true;
    const values = toForm ? toForm(record) : (record as V);
    form.setFieldsValue(values as Setting<V>);
    setBefore(values);
  }, [open, record, form, toForm, compared]);
  useEffect(() => {
    if (open) return;
    filled.current = false;
    typed.current = null;
    setFailure(null);
    setNow(null);
  }, [open]);

  const refuse = (error: ApiError) => {
    if (error.present && compared) {
      setNow(toForm ? toForm(error.present) : (error.present as V));
      return;
    }
    const fields = fieldsWithErrors(error);
    form.setFields(fields as Parameters<typeof form.setFields>[0]);
    const first = fields[0];
    if (first) form.scrollToField(first.name as never, { focus: true });
    setFailure(error);
  };
  const submit = async (values: V, from: V | null = before) => {
    setFailure(null);
    typed.current = values;
    try {
      const answer = await onFinish((toInput ? toInput(values, from) : values) as V);
      onClose();
      setNow(null);
      form.resetFields();
      if (answer) onDone?.(answer.data);
    } catch (thrown) {
      refuse(thrown as ApiError);
    }
  };
  const take = (values: V) => {
    typed.current = values;
    form.setFieldsValue(values as Setting<V>);
    setBefore(now);
    setNow(null);
  };
  const mine = () => typed.current ?? (form.getFieldsValue(true) as V);
  const saveOver = async () => {
    if (!before || !now || !compared) return;
    const kept = untouched(compared, { before, mine: mine(), now }).map(({ name }) => [name, now[name]]);
    // The version of what is there now: mine goes over it.
    const version = "version" in now ? { version: now.version } : {};
    const merged = { ...mine(), ...Object.fromEntries(kept), ...version };
    take(merged);
    await submit(merged, now);
  };
  return { form, formLoading, query, failure, before, now, mine, submit, take, saveOver };
}

/** A drawer with a form of `resource`. Server errors show under their fields and what was typed stays. */
export default function DrawerForm<V extends object>(props: FormDrawerProps<V>) {
  const { open, onClose, title, id, initialValues, act, compared, children } = props;
  const { form, formLoading, query, failure, before, now, mine, submit, take, saveOver } = useDrawerForm(props);
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      width="min(480px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button onClick={onClose}>Cancel</Button>
          {now ? null : (
            <Button type="primary" loading={formLoading} onClick={form.submit}>
              {act}
            </Button>
          )}
        </div>
      }
    >
      {now && before && compared ? (
        <Conflict
          fields={compared}
          versions={{ before, mine: mine(), now }}
          onMine={() => void saveOver()}
          onNow={() => take(now)}
          busy={formLoading}
        />
      ) : null}
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
          hidden={now !== null}
          onFinish={(values) => void submit(values)}
          {...(initialValues ? { initialValues: initialValues as object } : {})}
        >
          {typeof children === "function" ? children(form) : children}
        </Form>
      </Spin>
    </Drawer>
  );
}
