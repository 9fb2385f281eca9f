import { command } from "../core/command";
import { AppError, notFound } from "../core/errors";
import { lockConnection } from "./connection-store";
import { ConnectionId } from "./contract";
import { makeDue } from "./grant-store";

/** Has the connection's access token renewed now, and not when it is due. */
export const renew = command({
  name: "connection.renew",
  permission: "connections.write",
  input: ConnectionId,
  async run(tx, { id }) {
    const connection = await lockConnection(tx, id);
    if (!connection) throw notFound("The connection");
    if (connection.state === "disconnected" || connection.state === "needs_reconsent") {
      throw new AppError("precondition", "This connection has no token that could be renewed.", {
        remedy: connection.stateRemedy ?? "Connect the Amazon user again.",
      });
    }
    await makeDue(tx, id);
    const target = { type: "connection", id, label: connection.amazonUserName };
    return { result: { id }, audit: { action: "connection.renewal_asked", target } };
  },
});
