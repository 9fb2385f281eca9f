import { command } from "../core/command";
import { AppError, notFound } from "../core/errors";
import { lockConnection } from "./connection-store";
import { writeOwner } from "./consent-store";
import { ConnectionId } from "./contract";
import { getConnection } from "./list-connections";

/** Makes the acting person the one in the agency who looks after a connection, and hears of it when it needs somebody. */
export const takeOver = command({
  name: "connection.take-over",
  permission: "connections.write",
  input: ConnectionId,
  async run(tx, { id }) {
    const { actor } = tx;
    const connection = await lockConnection(tx, id);
    if (!connection) throw notFound("The connection");
    if (actor.kind !== "user")
      throw new AppError("precondition", "Only a signed-in person can look after a connection.");
    const result = { id, ownerUserId: actor.userId };
    if (connection.ownerUserId === actor.userId) return { result, audit: null };
    const { ownerName } = await getConnection(tx, id);
    await writeOwner(tx, id, actor.userId);
    await tx.changed("connections", [id]);
    return {
      result,
      audit: {
        action: "connection.taken_over",
        target: { type: "connection", id, label: connection.amazonUserName },
        before: { ownerUserId: connection.ownerUserId, ownerName },
        after: { ownerUserId: actor.userId, ownerName: actor.name },
      },
    };
  },
});
