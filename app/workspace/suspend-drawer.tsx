import { useList } from "@refinedev/core";
import { Alert, Button, Drawer, Select } from "antd";
import { useState } from "react";
import type { Member } from "#server/workspace/contract";
import type { Belonging } from "#server/workspace/role-contract";
import { useAct } from "~/providers/act";
import type { ApiError } from "~/providers/data";
import { BelongingList } from "./belonging-list";

interface SuspendDrawerProps {
  member: Pick<Member, "id" | "name"> | null;
  onClose: () => void;
  onDone: () => void;
}

/** Says what hangs on the person, asks who takes it over, and takes their access away. */
export function SuspendDrawer({ member, onClose, onDone }: SuspendDrawerProps) {
  return (
    <Drawer
      open={member !== null}
      onClose={onClose}
      title={member ? `Suspend ${member.name}` : "Suspend"}
      width="min(480px, 100vw)"
      destroyOnHidden
    >
      {member ? <Suspending key={member.id} member={member} onClose={onClose} onDone={onDone} /> : null}
    </Drawer>
  );
}

function Suspending({ member, onClose, onDone }: SuspendDrawerProps & { member: Pick<Member, "id" | "name"> }) {
  const { act, busy } = useAct("members");
  const [heir, setHeir] = useState<string | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const belongings = useList<Belonging>({
    resource: "belongings",
    filters: [{ field: "memberId", operator: "eq", value: member.id }],
    pagination: { currentPage: 1, pageSize: 200 },
  });
  const people = useList<Member>({
    resource: "members",
    filters: [{ field: "state", operator: "eq", value: "active" }],
    sorters: [{ field: "name", order: "asc" }],
    pagination: { currentPage: 1, pageSize: 200 },
  });
  const items = belongings.result.data;
  const loading = belongings.query.isLoading;
  const suspend = async () => {
    setFailure(null);
    const input = heir ? { handOverTo: heir } : {};
    try {
      await act({ id: member.id, action: "suspend", input, done: `${member.name} is suspended` });
      onClose();
      onDone();
    } catch (thrown) {
      setFailure(thrown as ApiError);
    }
  };
  return (
    <div className="tm-stack">
      <p>They are signed out everywhere at once and cannot sign in until reactivated. Nothing is deleted.</p>
      {failure ? <Alert type="error" showIcon message={failure.message} description={failure.remedy} /> : null}
      {items.length > 0 ? (
        <>
          <p>
            {member.name} looks after {items.length === 1 ? "this" : `these ${items.length}`}; somebody else takes over:
          </p>
          <BelongingList items={items} />
          <label htmlFor="heir">Who takes over</label>
          <Select
            id="heir"
            showSearch
            optionFilterProp="label"
            placeholder="Choose a person"
            value={heir}
            onChange={setHeir}
            options={people.result.data
              .filter(({ id }) => id !== member.id)
              .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          />
        </>
      ) : (
        <p className="tm-muted">{loading ? "Looking what hangs on them…" : "Nothing hangs on them."}</p>
      )}
      <div className="tm-row-acts">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          danger
          type="primary"
          loading={busy}
          disabled={loading || (items.length > 0 && !heir)}
          onClick={suspend}
        >
          {items.length > 0 ? "Suspend and hand over" : "Suspend"}
        </Button>
      </div>
    </div>
  );
}
