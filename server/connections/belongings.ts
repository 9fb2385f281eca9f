// Connections hang on whoever looks after them: with that person gone nobody would hear that one needs somebody.
import type { TxCtx } from "../core/context";
import { addBelongingKind } from "../workspace";
import { ownedConnections, writeOwner } from "./consent-store";

addBelongingKind({
  words: ["connection", "connections"],
  needs: "connections.write",
  list: (tx, userId) => ownedConnections(tx, userId),
  handOver: async (tx: TxCtx, { from, to }) => {
    const owned = await ownedConnections(tx, from);
    for (const { id } of owned) await writeOwner(tx, id, to);
    await tx.changed(
      "connections",
      owned.map(({ id }) => id),
    );
  },
});
