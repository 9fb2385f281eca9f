import { useCreate } from "@refinedev/core";
import { Alert, Button, Drawer, Input, Select } from "antd";
import { useState } from "react";
import type { Account, AssignedAccount } from "#server/connections/contract";
import { can } from "~/providers/access-control";
import type { ApiError } from "~/providers/data";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { AssignResults } from "./assign-results";
import { useAssigning } from "./use-assigning";
import { plural } from "./words";

export interface AssignDrawerProps {
  /** Those of the selection that are on screen. */
  accounts: Account[];
  accountIds: string[];
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

const NEW = "new";
const NONE = "none";

/** Says what will change, does it, and says row by row what did. */
export function AssignDrawer({ accounts, accountIds, open, onClose, onDone }: AssignDrawerProps) {
  const viewer = useViewer();
  const revalidate = useReread();
  const { assign, busy } = useAssigning();
  const { mutateAsync: create, mutation } = useCreate<{ id: string }>();
  const [choice, setChoice] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [results, setResults] = useState<AssignedAccount[] | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);

  const close = () => {
    onClose();
    if (results) onDone();
    setResults(null);
    setFailure(null);
    setChoice(null);
    setName("");
  };
  const brandOf = async (): Promise<string | null> => {
    if (choice === NONE) return null;
    if (choice !== NEW) return choice;
    const values = { name };
    const { data } = await create({ resource: "brands", values, errorNotification: false, successNotification: false });
    revalidate();
    setChoice(data.id);
    return data.id;
  };
  const run = async () => {
    setFailure(null);
    try {
      const brandId = await brandOf();
      setResults(await assign({ accountIds, brandId, known: accounts, onUndo: close }));
    } catch (thrown) {
      setFailure(thrown as ApiError);
    }
  };

  const options = [
    ...viewer.brands.map((brand) => ({ value: brand.id, label: brand.name })),
    ...(can(viewer, "brands.write") ? [{ value: NEW, label: "New brand…" }] : []),
    { value: NONE, label: "No brand" },
  ];
  const isReady = choice !== null && (choice !== NEW || name.trim() !== "");
  return (
    <Drawer
      open={open}
      onClose={close}
      title={`Assign ${plural(accountIds.length, "account")}`}
      width="min(480px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button onClick={close}>{results ? "Close" : "Cancel"}</Button>
          {results ? null : (
            <Button type="primary" disabled={!isReady} loading={busy || mutation.isPending} onClick={run}>
              Assign {plural(accountIds.length, "account")}
            </Button>
          )}
        </div>
      }
    >
      {failure ? (
        <Alert
          type="error"
          showIcon
          message={failure.message}
          description={failure.errors?.name ? String(failure.errors.name) : failure.remedy}
          className="tm-form-failure"
        />
      ) : null}
      {results ? (
        <AssignResults results={results} />
      ) : (
        <div className="tm-stack">
          <label htmlFor="assign-brand">Brand</label>
          <Select
            id="assign-brand"
            showSearch
            optionFilterProp="label"
            placeholder="Choose a brand"
            value={choice}
            onChange={setChoice}
            options={options}
          />
          {choice === NEW ? (
            <>
              <label htmlFor="assign-name">Name of the new brand</label>
              <Input id="assign-name" value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
            </>
          ) : null}
          <Preview accounts={accounts} accountIds={accountIds} />
        </div>
      )}
    </Drawer>
  );
}

function Preview({ accounts, accountIds }: Pick<AssignDrawerProps, "accounts" | "accountIds">) {
  const unseen = accountIds.length - accounts.length;
  return (
    <>
      <p className="tm-muted">Will be assigned, with the brand each has now:</p>
      <ul className="tm-plain-list">
        {accounts.map((account) => (
          <li key={account.id}>
            {account.name} <span className="tm-muted">{account.brandName ?? "no brand"}</span>
          </li>
        ))}
        {unseen > 0 ? <li>{plural(unseen, "account")} on other pages of the list</li> : null}
      </ul>
    </>
  );
}
