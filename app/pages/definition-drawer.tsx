// The editor of what is written as JSON: a form and the text are two views of one draft.
import { useCreate, useUpdate } from "@refinedev/core";
import { Alert, Button, Drawer, Form, Tabs } from "antd";
import { type ReactNode, useState } from "react";
import type { z } from "zod";
import type { ApiError } from "~/providers/data";
import { JsonField } from "./json-field";
import { type Problems, shapeProblems } from "./problems";

export interface FieldsProps<T> {
  value: T;
  onChange: (value: T) => void;
  problems: Problems;
}

export interface DefinitionDrawerProps<T extends object> {
  open: boolean;
  onClose: () => void;
  title: string;
  resource: string;
  /** Changes this record; null makes a new one. */
  saved: { id: string; version: number } | null;
  initial: T;
  schema: z.ZodType<T>;
  /** What is wrong with a draft of the right shape. */
  problemsOf: (draft: T) => Problems;
  fields: (props: FieldsProps<T>) => ReactNode;
  /** Beside the fields: what the draft will look like. */
  aside?: (draft: T) => ReactNode;
  /** Names the act: "Create page". */
  act: string;
  done: string;
  onDone: (record: unknown) => void;
  /** Before the buttons. */
  foot?: ReactNode;
}

const quiet = { errorNotification: false } as const;

function useDraft<T extends object>(props: DefinitionDrawerProps<T>) {
  const { initial, schema, problemsOf, resource, saved, done, onDone, onClose } = props;
  const [draft, setDraft] = useState<unknown>(initial);
  /** What the form made, the form can show, though something is still empty. */
  const [isFromForm, setIsFromForm] = useState(true);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const { mutateAsync: create } = useCreate();
  const { mutateAsync: update } = useUpdate();
  const shape = shapeProblems(schema, draft);
  const isShaped = Object.keys(shape).length === 0;
  const own = isShaped ? problemsOf(draft as T) : shape;
  const told = (failure?.errors ?? {}) as Problems;
  const save = async () => {
    setTried(true);
    if (Object.keys(own).length > 0) return;
    setBusy(true);
    setFailure(null);
    const successNotification = () => ({ message: done, type: "success" as const });
    try {
      const { data } = saved
        ? await update({
            resource,
            id: saved.id,
            values: { ...(draft as T), version: saved.version },
            ...quiet,
            successNotification,
          })
        : await create({ resource, values: draft as T, ...quiet, successNotification });
      onClose();
      onDone(data);
    } catch (thrown) {
      setFailure(thrown as ApiError);
    } finally {
      setBusy(false);
    }
  };
  return {
    draft,
    /** The draft, where it has the shape that the form can show. */
    shaped: isShaped || isFromForm ? (draft as T) : null,
    isSound: Object.keys(own).length === 0,
    problems: { ...told, ...own },
    tried,
    failure,
    busy,
    save,
    change: (next: unknown, by: "form" | "json") => {
      setDraft(next);
      setIsFromForm(by === "form");
      setFailure(null);
    },
  };
}

export function DefinitionDrawer<T extends object>(props: DefinitionDrawerProps<T>) {
  const { open, onClose, title, fields, aside, act, foot } = props;
  const { draft, shaped, isSound, problems, tried, failure, busy, save, change } = useDraft(props);
  const [tab, setTab] = useState("form");
  const shown = tried || failure ? problems : {};
  const count = Object.keys(shown).length;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      width={aside ? "min(1120px, 100vw)" : "min(640px, 100vw)"}
      footer={
        <div className="tm-drawer-foot">
          {foot}
          <span className="tm-spring" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="primary" loading={busy} onClick={save}>
            {act}
          </Button>
        </div>
      }
    >
      {failure || count > 0 ? (
        <Alert
          type="error"
          showIcon
          className="tm-form-failure"
          message={failure?.message ?? `${count} ${count === 1 ? "part has" : "parts have"} to be corrected first`}
          description={failure?.remedy}
        />
      ) : null}
      <div className="tm-definition" data-aside={Boolean(aside)}>
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            {
              key: "form",
              label: "Form",
              children: shaped ? (
                <Form layout="vertical" component="div" requiredMark={false}>
                  {fields({ value: shaped, onChange: (next) => change(next, "form"), problems: shown })}
                </Form>
              ) : (
                <p className="tm-muted">The JSON has parts that the form cannot show: correct it there first.</p>
              ),
            },
            {
              key: "json",
              label: "JSON",
              children: (
                <JsonField value={draft as object} onChange={(next) => change(next, "json")} problems={problems} />
              ),
            },
          ]}
        />
        {aside ? (
          <section className="tm-definition-aside" aria-label="Preview">
            {shaped && isSound ? (
              aside(shaped)
            ) : (
              <p className="tm-muted">A preview is shown once nothing is left to be filled in or corrected.</p>
            )}
          </section>
        ) : null}
      </div>
    </Drawer>
  );
}
