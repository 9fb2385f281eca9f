import type { BaseRecord } from "@refinedev/core";
import { Form, Input, Radio } from "antd";
import type { Annotation } from "#server/insights/annotation-contract";
import { canEverywhere } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";
import type { ComparedField } from "~/ui/conflict";
import { FormDrawer, useKeptOpening } from "~/ui/form-drawer";

/** What a chart is about. */
export type NoteOf = { brandId: string } | { campaignId: string };

interface NoteForm {
  text: string;
  from: string;
  to: string;
  scope?: "own" | "agency";
  version?: number;
}

interface NoteDrawerProps {
  of: NoteOf;
  /** A new one on a day, or one that is there; null: none. */
  note: { day: string } | { id: string } | null;
  onClose(): void;
}

const toForm = (record: BaseRecord): NoteForm => {
  const { text, from, to, version } = record as Annotation;
  return { text, from, to, version: version ?? 1 };
};

const compared: readonly ComparedField<NoteForm>[] = [
  { name: "text", label: "What happened", show: ({ text }) => text },
  { name: "from", label: "From", show: ({ from }) => from },
  { name: "to", label: "To", show: ({ to }) => to },
];

export function NoteDrawer({ of, note, onClose }: NoteDrawerProps) {
  const onWhole = canEverywhere(useViewer(), "annotations.write");
  const { opening, turn } = useKeptOpening(note);
  const id = opening && "id" in opening ? opening.id : undefined;
  const day = opening && "day" in opening ? opening.day : undefined;
  const what = "brandId" in of ? "brand" : "campaign";
  return (
    <FormDrawer<NoteForm>
      key={turn}
      open={note !== null}
      onClose={onClose}
      title={id ? "Edit the note" : "Add a note"}
      resource="annotations"
      {...(id ? { id } : { initialValues: { from: day ?? "", to: day ?? "", text: "", scope: "own" as const } })}
      toForm={toForm}
      toInput={({ scope, version, ...values }) =>
        id ? { ...values, version } : { ...values, ...(scope === "agency" ? {} : of) }
      }
      compared={compared}
      act={id ? "Save note" : "Add note"}
      done={id ? "Note saved" : "Note added"}
    >
      <Form.Item
        name="text"
        label="What happened"
        rules={[{ required: true, whitespace: true, message: "Write what happened." }]}
      >
        <Input.TextArea autoFocus maxLength={500} showCount autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
      <div className="tm-note-days">
        <Form.Item name="from" label="First day" rules={[{ required: true, message: "Choose a day." }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label="Last day" rules={[{ required: true, message: "Choose a day." }]}>
          <Input type="date" />
        </Form.Item>
      </div>
      {id ? null : (
        <Form.Item
          name="scope"
          label="About"
          extra={`Everybody who sees the numbers of the ${what} reads a note on it, clients too. Notes on the whole agency are for your team.`}
        >
          <Radio.Group>
            <Radio value="own">This {what}</Radio>
            <Radio value="agency" disabled={!onWhole}>
              The whole agency
            </Radio>
          </Radio.Group>
        </Form.Item>
      )}
      <Form.Item name="version" hidden>
        <Input />
      </Form.Item>
    </FormDrawer>
  );
}
