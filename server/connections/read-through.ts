import { command } from "../core/command";
import { AppError, notFound } from "../core/errors";
import { isUsable } from "./choose-connection";
import { lockConnection } from "./connection-store";
import { ReadThrough } from "./contract";
import { getAccount } from "./list-accounts";
import { lockAccount, reachingConnections, writeReadThrough } from "./reach-store";

/** A person's choice of the connection an account is read through. It holds until that connection is lost. */
export const readThrough = command({
  name: "account.read-through",
  permission: "accounts.write",
  input: ReadThrough,
  brandOf: async ({ id }, tx) => (await getAccount(tx, id)).brandId,
  async run(tx, { id, connectionId }) {
    await getAccount(tx, id);
    // Before the account, as where a connection is lost: it cannot be lost while it is chosen.
    await lockConnection(tx, connectionId);
    const account = await lockAccount(tx, id);
    if (!account) throw notFound("The account");
    const reaching = await reachingConnections(tx, [id]);
    const chosen = reaching.find((one) => one.connectionId === connectionId);
    if (!chosen) throw refused("This connection does not reach the account.", "Choose one that the account names.");
    if (!isUsable(chosen.state)) {
      const remedy = `${chosen.name} must be connected, and consent again where Amazon asks for it.`;
      throw refused(`The connection of ${chosen.name} cannot be used now.`, remedy);
    }
    const result = { id, connectionId };
    if (account.connectionId === connectionId) return { result, audit: null };
    await writeReadThrough(tx, [id], connectionId);
    await tx.changed("accounts", [id]);
    const before = reaching.find((one) => one.connectionId === account.connectionId);
    return {
      result,
      audit: {
        action: "account.read_through_chosen",
        target: { type: "account", id, label: account.name },
        brandId: account.brandId,
        before: { connectionId: account.connectionId, connectionName: before?.name ?? null },
        after: { connectionId, connectionName: chosen.name },
      },
    };
  },
});

const refused = (message: string, remedy: string) =>
  new AppError("invalid", message, { fields: { connectionId: message }, remedy });
