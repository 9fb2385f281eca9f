import { command } from "../core/command";
import { ConnectionId } from "./contract";
import { makeDue } from "./grant-store";
import { lockUsable } from "./lock-usable";

/** Has the connection's access token renewed now, and not when it is due. */
export const renew = command({
  name: "connection.renew",
  permission: "connections.write",
  input: ConnectionId,
  async run(tx, { id }) {
    const connection = await lockUsable(tx, id, "This connection has no token that could be renewed.");
    await makeDue(tx, id);
    const target = { type: "connection", id, label: connection.amazonUserName };
    return { result: { id }, audit: { action: "connection.renewal_asked", target } };
  },
});
