import { Button } from "antd";
import type { CustomAction } from "#server/pages/action-contract";
import { permissionWords } from "#server/workspace/role-contract";
import type { Column } from "~/ui/columns";
import { Time } from "~/ui/time";
import type { ActionOpen } from "./action-editor";
import { listWords } from "./use-descriptions";

interface RowActs {
  mayWrite: boolean;
  onOpen: (open: ActionOpen) => void;
  remove: (action: CustomAction) => void;
  test: (action: CustomAction) => void;
  rotate: (action: CustomAction) => void;
}

export const actionColumns = ({ mayWrite, ...acts }: RowActs): Column<CustomAction>[] => [
  { key: "label", title: "Action", sort: true, width: 200, render: ({ label }) => label },
  { key: "resource", title: "For", narrow: true, render: ({ resource }) => listWords(resource) },
  {
    key: "url",
    title: "Calls",
    render: ({ url }) => (
      <code className="tm-brief" data-tip={url}>
        {url}
      </code>
    ),
  },
  { key: "form", title: "Asks for", render: ({ form }) => form.map(({ label }) => label).join(", ") || "nothing" },
  {
    key: "permission",
    title: "Used by who may",
    render: ({ permission }) => permissionWords(permission).toLowerCase(),
  },
  { key: "timeoutSeconds", title: "Timeout", unit: "s", numeric: true, render: ({ timeoutSeconds }) => timeoutSeconds },
  {
    key: "formerUntil",
    title: "Old secret signs until",
    optional: true,
    render: ({ formerUntil }) => <Time at={formerUntil} none="–" />,
  },
  ...(mayWrite
    ? [
        {
          key: "acts",
          title: "Change",
          narrow: true,
          render: (action: CustomAction) => <Acts action={action} {...acts} />,
        },
      ]
    : []),
];

function Acts({ action, onOpen, remove, test, rotate }: Omit<RowActs, "mayWrite"> & { action: CustomAction }) {
  const { label } = action;
  return (
    <span className="tm-row-acts">
      <Button size="small" aria-label={`Edit ${label}`} onClick={() => onOpen({ how: "edit", action })}>
        Edit
      </Button>
      <Button size="small" aria-label={`Send a test of ${label}`} onClick={() => test(action)}>
        Test
      </Button>
      <Button size="small" aria-label={`Duplicate ${label}`} onClick={() => onOpen({ how: "new", from: action })}>
        Duplicate
      </Button>
      <Button size="small" aria-label={`Rotate the secret of ${label}`} onClick={() => rotate(action)}>
        Rotate secret
      </Button>
      <Button size="small" aria-label={`Delete ${label}`} onClick={() => remove(action)}>
        Delete
      </Button>
    </span>
  );
}
