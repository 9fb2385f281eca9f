// A process of its own that changes brands without end, for the soak that kills it. Says when the first is changed.
import { randomUUID } from "node:crypto";
import { openDatabase } from "../../../server/core/db/connect";
import { createBrand, updateBrand } from "../../../server/workspace/change-brand";
import { aCtx, aSource, asOwner } from "../../../tests/support/ctx";

const [appUrl = "", agencyId = ""] = process.argv.slice(2);
const source = aSource(openDatabase(appUrl, { poolSize: 4 }), { clock: () => new Date() });
const ctx = aCtx(source, agencyId, { memberships: asOwner });

async function change(): Promise<void> {
  for (;;) {
    const { id, version } = await createBrand(ctx, { name: `Brand ${randomUUID()}` });
    await updateBrand(ctx, { id, version, name: `Renamed ${randomUUID()}` });
  }
}

await createBrand(ctx, { name: `Brand ${randomUUID()}` });
process.stdout.write("begun\n");
await Promise.all([change(), change(), change(), change()]);
