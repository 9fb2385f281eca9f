// The connection an account is read through, those that would take over, and the choice between them.
import { Button } from "antd";
import { type Account, usableStates } from "#server/connections/contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { StatusTag } from "~/ui/status-tag";
import { plural, stateWord } from "./words";

type Reaching = Account["connections"][number];

function Choose({ account, connection, onDone }: { account: Account; connection: Reaching; onDone: () => void }) {
  const { act, busy } = useAct("accounts");
  const { id, name } = connection;
  const choose = async () => {
    const input = { connectionId: id };
    await act({ id: account.id, action: "read-through", input, done: `Read through ${name} from now on` });
    onDone();
  };
  return (
    <Button size="small" loading={busy} onClick={() => choose().catch(() => {})}>
      Read through this<span className="tm-unseen"> connection of {name}</span>
    </Button>
  );
}

export function AccountReach({ account, onDone }: { account: Account; onDone: () => void }) {
  const viewer = useViewer();
  const { connections, connectionId, reachedBy } = account;
  if (reachedBy === 0) return <p>No connection reaches it: its numbers stay as they are.</p>;
  if (!can(viewer, "connections.read")) return <p>{plural(reachedBy, "connection")} of your agency can reach it.</p>;
  const primaryFirst = connections.toSorted((a, b) => Number(b.id === connectionId) - Number(a.id === connectionId));
  const mayChoose = can(viewer, "accounts.write");
  return (
    <>
      {connectionId ? null : <p>It is read through none of them now.</p>}
      <ul className="tm-hanging">
        {primaryFirst.map((connection) => {
          const { id, name, state } = connection;
          const primary = id === connectionId;
          const usable = usableStates.includes(state);
          return (
            <li key={id} className="tm-reach">
              <Link to={`/connections/${id}`}>{name}</Link>
              <StatusTag signal={primary ? "ok" : usable ? "info" : "off"}>
                {primary ? "Read through" : "Back-up"}
              </StatusTag>
              <span className="tm-muted">{stateWord(state)}</span>
              {mayChoose && !primary && usable ? (
                <Choose account={account} connection={connection} onDone={onDone} />
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
