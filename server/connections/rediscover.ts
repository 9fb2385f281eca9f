import { command } from "../core/command";
import { writeRegion } from "./connection-store";
import { ConnectionId, Region } from "./contract";
import { enqueueDiscovery } from "./enqueue-discovery";
import { lockUsable } from "./lock-usable";

/** Looks for accounts in all regions again. */
export const rediscover = command({
  name: "connection.rediscover",
  permission: "connections.write",
  input: ConnectionId,
  async run(tx, { id }) {
    const connection = await lockUsable(tx, id, "This connection has no usable token to look with.");
    for (const region of Region.options) {
      const { profiles, entities, advertisers } = connection.discovery[region];
      await writeRegion(tx, id, region, { state: "waiting", profiles, entities, advertisers });
    }
    await enqueueDiscovery(tx, id);
    await tx.changed("connections", [id]);
    const target = { type: "connection", id, label: connection.amazonUserName };
    return { result: { id }, audit: { action: "connection.rediscovery_asked", target } };
  },
});
