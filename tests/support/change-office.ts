// An agency whose people change campaigns at the sandbox's Amazon.
import { randomUUID } from "node:crypto";
import { discoverAccounts } from "../../server/connections/discover-accounts";
import { type Ctx, isTx, type TxCtx } from "../../server/core/context";
import { wholeList } from "../../server/core/query";
import { applyChanges } from "../../server/insights/apply-changes";
import type { ChangeSet } from "../../server/insights/change-contract";
import { applyChangesJob, planDiscoveredJob, syncEntitiesJob } from "../../server/insights/jobs";
import { listCampaigns } from "../../server/insights/list-campaigns";
import { amazonServices, amazonUser, connected, type testSandbox } from "./amazon-user";
import { aClock, aCtx, anAgency, aSource, asOwner } from "./ctx";
import type { testDatabase } from "./database";
import { runJobs } from "./run-jobs";

const jobs = [applyChangesJob, planDiscoveredJob, syncEntitiesJob];

export const read = <T>(ctx: Ctx, work: (tx: TxCtx) => Promise<T>): Promise<T> =>
  ctx.tx((tx) => {
    if (!isTx(tx)) throw new Error("no transaction");
    return work(tx);
  });

export function changeOffices(
  { db, ownerUrl, appUrl }: ReturnType<typeof testDatabase>,
  sandbox: ReturnType<typeof testSandbox>,
) {
  async function open(name: string) {
    const clock = aClock(new Date());
    const source = aSource(db, { clock, jobs, services: amazonServices(sandbox(), { clock }) });
    const agencyId = await anAgency(db);
    const ctx = aCtx(source, agencyId, { memberships: asOwner });
    const connectionId = await connected(ctx, { userId: amazonUser(sandbox(), name).id });
    await discoverAccounts(ctx, { connectionId });
    const run = () => runJobs({ ownerUrl, source, agencyId, jobs, clock });
    await run();
    return { source, agencyId, connectionId, run, place: { appUrl, agencyId, sandbox: sandbox() } };
  }
  const offices = new Map<string, ReturnType<typeof open>>();
  return {
    read,
    /** A person of the office that is connected as an Amazon user: opened once, for connecting takes its time. */
    async anOffice(name = "Ben") {
      sandbox().control.faults.clear();
      offices.set(name, offices.get(name) ?? open(name));
      const office = await (offices.get(name) as ReturnType<typeof open>);
      const ctx = aCtx(office.source, office.agencyId, { memberships: asOwner, userId: randomUUID() });
      const { items } = await read(ctx, (tx) => listCampaigns(tx, wholeList()));
      return { ...office, ctx, campaigns: items.filter(({ state }) => state === "ENABLED") };
    },
    async applied(ctx: Ctx, set: ChangeSet | null) {
      if (!set) throw new Error("there is no draft");
      await applyChanges(ctx, { id: set.id, version: set.version });
      return set.id;
    },
    /** Writes that have reached Amazon. */
    sends: () => sandbox().control.calls.counts({ operation: "v1.update.campaigns" })["v1.update.campaigns"] ?? 0,
  };
}
