import { Button } from "antd";
import {
  ActionDefinition,
  type CustomAction,
  type CustomActionSecret,
  problemsOfAction,
} from "#server/pages/action-contract";
import { ActionFields } from "./action-fields";
import { ActionPreview } from "./action-preview";
import { DefinitionDrawer } from "./definition-drawer";
import { type Descriptions, useDescriptions } from "./use-descriptions";

/** Which action is open, and how: a new one may begin as a copy. */
export type ActionOpen = { how: "new"; from?: CustomAction } | { how: "edit"; action: CustomAction };

export interface ActionEditorProps {
  open: boolean;
  what: ActionOpen;
  onClose: () => void;
  onTest: (action: CustomAction) => void;
  onDone: (record: CustomAction | CustomActionSecret) => void;
}

const blank: ActionDefinition = {
  label: "",
  resource: "",
  url: "",
  sends: [],
  form: [],
  confirm: "",
  permission: "actions.write",
  timeoutSeconds: 10,
};

const definitionOf = (action: CustomAction): ActionDefinition => {
  const { id: _, formerUntil: __, createdAt: ___, version: ____, ...definition } = action;
  return definition;
};

function initialOf(what: ActionOpen): ActionDefinition {
  if (what.how === "edit") return definitionOf(what.action);
  if (!what.from) return blank;
  return { ...definitionOf(what.from), label: `${what.from.label} copy`.slice(0, 40) };
}

/** As the server judges it; the address is left to it. */
function problemsHere(draft: ActionDefinition, { all, of }: Descriptions) {
  const list = of(draft.resource);
  return all ? problemsOfAction(draft, list?.findable ? list : null) : {};
}

/** Makes or changes an action, by a form or as JSON, with the form it will show beside it. */
export default function ActionEditor({ open, what, onClose, onTest, onDone }: ActionEditorProps) {
  const descriptions = useDescriptions();
  const saved = what.how === "edit" ? what.action : null;
  return (
    <DefinitionDrawer<ActionDefinition>
      open={open}
      onClose={onClose}
      title={saved ? `Change ${saved.label}` : "New action"}
      resource="custom-actions"
      saved={saved}
      initial={initialOf(what)}
      schema={ActionDefinition}
      problemsOf={(draft) => problemsHere(draft, descriptions)}
      fields={(props) => <ActionFields {...props} descriptions={descriptions} />}
      aside={(draft) => <ActionPreview draft={draft} />}
      act={saved ? "Save action" : "Create action"}
      done={saved ? "Action saved" : "Action created"}
      onDone={(record) => onDone(record as CustomAction)}
      foot={
        saved ? (
          <Button onClick={() => onTest(saved)} data-tip="With the saved address, whatever is typed here.">
            Send a test
          </Button>
        ) : null
      }
    />
  );
}
