// An instance that is ready to be asked, without Amazon, for tests of what happens before it.
import { randomUUID } from "node:crypto";
import { amcInstances } from "../../server/amc/tables";
import type { Ctx } from "../../server/core/context";

export async function anInstance(ctx: Ctx, over: Partial<typeof amcInstances.$inferInsert> = {}): Promise<string> {
  const id = randomUUID();
  await ctx.tx((tx) =>
    tx.db.insert(amcInstances).values({
      agencyId: ctx.agencyId,
      id,
      name: `Instance ${id.slice(0, 4)}`,
      amazonId: `amc${id.slice(0, 8)}`,
      type: "STANDARD",
      region: "NA",
      accountId: "ENTITY1",
      accountName: "AMC",
      marketplaceId: "ATVPDKIKX0DER",
      timeZone: "UTC",
      status: "COMPLETED",
      createdAt: ctx.now(),
      ...over,
    }),
  );
  return id;
}
