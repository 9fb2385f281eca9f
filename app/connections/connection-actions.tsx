import { Button } from "antd";
import type { Connection } from "#server/connections/contract";
import { canEverywhere } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { LinkButton } from "~/ui/link-button";
import { isLooking, plural } from "./words";

/** What one may do with a connection in its state. */
export function ConnectionActions({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { act, busy } = useAct("connections");
  const confirm = useConfirm();
  if (!canEverywhere(useViewer(), "connections.write")) return null;
  const { id, amazonUserName: name, state, region } = connection;
  const reconnect = `/connections/new?${new URLSearchParams({ region, user: name })}`;
  const isCutOff = state === "disconnected" || state === "needs_reconsent";

  const disconnect = async () => {
    await act({ id, action: "disconnect", done: `${name} is disconnected` });
    onDone();
  };
  const rediscover = async () => {
    await act({ id, action: "rediscover", done: "Looking for accounts again" });
    onDone();
  };
  const ask = () =>
    confirm({
      title: `Disconnect ${name}?`,
      content: <Consequences connection={connection} />,
      act: "Disconnect",
      danger: true,
      onAct: disconnect,
    });

  return (
    <>
      {isCutOff ? null : (
        <Button loading={busy} disabled={isLooking(connection.discovery)} onClick={() => rediscover().catch(() => {})}>
          Discover again
        </Button>
      )}
      {state === "disconnected" ? null : (
        <Button danger onClick={ask}>
          Disconnect
        </Button>
      )}
      <LinkButton type={isCutOff ? "primary" : "default"} to={reconnect}>
        Reconnect
      </LinkButton>
    </>
  );
}

function Consequences({ connection: { accounts, accountsOnlyHere } }: { connection: Connection }) {
  const others = accounts - accountsOnlyHere;
  return (
    <div className="tm-stack">
      <p>
        Its tokens are deleted at once.{" "}
        {accountsOnlyHere > 0
          ? `${plural(accountsOnlyHere, "account")} will get no new data: no other connection reaches ${accountsOnlyHere === 1 ? "it" : "them"}.`
          : "No account loses its data."}
        {others > 0 ? ` ${plural(others, "account")} can still be reached through other connections.` : null}
      </p>
      <p>Accounts, their brands and all numbers so far stay. Connecting the same Amazon user again brings it back.</p>
      <p>Amazon still lists the permission: its user can take it back in their Amazon account.</p>
    </div>
  );
}
