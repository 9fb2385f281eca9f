import { command } from "../core/command";
import { actorName } from "../core/context";
import { notFound } from "../core/errors";
import { dropAccess } from "./access-store";
import { isUnreachable } from "./capabilities";
import { lockConnection, writeState } from "./connection-store";
import { ConnectionId } from "./contract";
import { failOver } from "./fail-over";
import { eraseTokens } from "./grant-store";
import { refreshCapabilities } from "./store-accounts";

/**
 * Deletes the tokens and leaves the rest: accounts, brands and numbers stay, without new data where no other connection
 * reaches them. Amazon offers no call that ends a consent; the Amazon user does that in their own account.
 */
export const disconnect = command({
  name: "connection.disconnect",
  permission: "connections.write",
  input: ConnectionId,
  async run(tx, { id }) {
    const connection = await lockConnection(tx, id);
    if (!connection) throw notFound("The connection");
    if (connection.state === "disconnected")
      return { result: { id, accountsMoved: 0, accountsUnreached: 0 }, audit: null };
    await eraseTokens(tx, id);
    const accountIds = await dropAccess(tx, id);
    const { moved: accountsMoved } = await failOver(tx, id);
    const now = await refreshCapabilities(tx, accountIds);
    const accountsUnreached = [...now.values()].filter(isUnreachable).length;
    const by = actorName(tx.actor);
    const reason = `${by} disconnected it. Its tokens were deleted.`;
    const remedy = "To use it again, connect the same Amazon user: the connection comes back with its history.";
    await writeState(tx, connection, { state: "disconnected", reason, remedy });
    await tx.changed("connections", [id]);
    await tx.changed("accounts", accountIds);
    const target = { type: "connection", id, label: connection.amazonUserName };
    const before = { state: connection.state };
    const after = { state: "disconnected", accountsMoved, accountsUnreached };
    return {
      result: { id, accountsMoved, accountsUnreached },
      audit: { action: "connection.disconnected", target, before, after },
    };
  },
});
