import { Button } from "antd";
import type { Connection, ConnectionState } from "#server/connections/contract";
import { can, canEverywhere } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { LinkButton } from "~/ui/link-button";
import { isCutOff, isLooking, plural } from "./words";

/** What one may do with a connection in its state: the next step is the primary one. */
export function ConnectionActions({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const viewer = useViewer();
  if (!can(viewer, "connections.write")) return null;
  const { amazonUserName: name, state, region } = connection;
  const reconnect = `/connections/new?${new URLSearchParams({ region, user: name })}`;
  return (
    <>
      {canEverywhere(viewer, "connections.write") ? <AgencyActions connection={connection} onDone={onDone} /> : null}
      <LinkButton type={wantsConsent(state) ? "primary" : "default"} to={reconnect}>
        Reconnect
      </LinkButton>
    </>
  );
}

const wantsConsent = (state: ConnectionState) => isCutOff(state) || state === "expiring";

/** What needs the right for the whole agency: a connection is nobody's own. */
function AgencyActions({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const { act, busy } = useAct("connections");
  const confirm = useConfirm();
  const { id, amazonUserName: name, state } = connection;

  const disconnect = async () => {
    await act({ id, action: "disconnect", done: `${name} is disconnected` });
    onDone();
  };
  const renew = async () => {
    await act({ id, action: "renew", done: "Asked of Amazon as soon as it may be; the outcome shows here" });
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
      {isCutOff(state) ? null : (
        <>
          <Button
            type={state === "degraded" ? "primary" : "default"}
            loading={busy}
            onClick={() => renew().catch(() => {})}
          >
            Renew now
          </Button>
          <Button disabled={busy || isLooking(connection.discovery)} onClick={() => rediscover().catch(() => {})}>
            Discover again
          </Button>
        </>
      )}
      {state === "disconnected" ? null : (
        <Button danger onClick={ask}>
          Disconnect
        </Button>
      )}
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
          ? `No other connection reaches ${plural(accountsOnlyHere, "account")}: what ${accountsOnlyHere === 1 ? "it brings" : "they bring"} stops.`
          : "No account loses its data."}
        {others > 0
          ? ` ${plural(others, "account")} ${others === 1 ? "goes" : "go"} on through another connection.`
          : null}
      </p>
      <p>Accounts, their brands and all numbers so far stay. Connecting the same Amazon user again brings it back.</p>
      <p>Amazon still lists the permission: its user can take it back in their Amazon account.</p>
    </div>
  );
}
