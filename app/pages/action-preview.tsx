import { Form } from "antd";
import { useState } from "react";
import { type ActionDefinition, confirmWords } from "#server/pages/action-contract";
import { FormInputs } from "./form-inputs";

/** What whoever uses the action will see, with what is typed in it. */
export function ActionPreview({ draft }: { draft: ActionDefinition }) {
  const [input, setInput] = useState<Record<string, unknown>>({});
  const example = Object.fromEntries(draft.sends.map((key) => [key, `‹${key}›`]));
  return (
    <>
      <h3>{draft.label}</h3>
      <Form layout="vertical" component="div" requiredMark={false}>
        <FormInputs form={draft.form} value={input} onChange={setInput} problems={{}} />
      </Form>
      <p className="tm-confirm-words">{confirmWords(draft.confirm, { records: [example], input })}</p>
    </>
  );
}
