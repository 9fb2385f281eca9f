// An agency whose people are told of things: its clock, its jobs, its inboxes, and what a lower slice announces.
import { randomUUID } from "node:crypto";
import type { ConnectionStateChanged } from "../../server/connections/contract";
import { connectionStateChanged } from "../../server/connections/contract";
import type { Ctx } from "../../server/core/context";
import { wholeList } from "../../server/core/query";
import type { Message } from "../../server/notifications/contract";
import {
  deliverJob,
  tellClientStandingJob,
  tellConsentEndingJob,
  tellKeyExpiringJob,
  tellStateChangeJob,
} from "../../server/notifications/jobs";
import { listMessages } from "../../server/notifications/list-messages";
import { aClock, aCtx, aSource, type TestClock } from "./ctx";
import type { TestDatabase } from "./database";
import { anAgencyWithOwner, anIdentity, aPerson } from "./people";
import { runJobs } from "./run-jobs";

const jobs = [tellStateChangeJob, tellConsentEndingJob, tellClientStandingJob, tellKeyExpiringJob, deliverJob];
const asOps = [{ brandId: null, role: "ops" as const }];

/** Two owners and one for operations, who owns the connections. Without `smtpUrl` email is not set up. */
export async function anAgencyToTell({ db, ownerUrl }: TestDatabase, smtpUrl?: string) {
  // Jobs without a moment of their own are due by the database's clock.
  const clock: TestClock = aClock(new Date());
  const identity = anIdentity(db, clock);
  const owner = await anAgencyWithOwner(identity);
  clock.advance({ hours: 1 });
  const ops = await aPerson(identity, owner.agencyId, "ops");
  await aPerson(identity, owner.agencyId, "owner");
  const mail = smtpUrl ? { smtpUrl, from: "Tidemark <tidemark@agency.example>" } : null;
  const source = aSource(db, { clock, services: { mail, publicUrl: "https://tidemark.example.com" }, jobs });
  const { agencyId } = owner;
  const system = aCtx(source, agencyId);
  const as = (userId: string): Ctx => aCtx(source, agencyId, { memberships: asOps, userId });
  return {
    agencyId,
    clock,
    owner,
    ops,
    mail,
    system,
    as,
    inbox: async (userId: string): Promise<Message[]> =>
      (await as(userId).tx((tx) => listMessages(tx, wholeList()))).items,
    /** Runs what is due until then. */
    run: (until = clock(), only = jobs) => runJobs({ ownerUrl, source, agencyId, jobs: only, clock, until }),
    minutes: (count: number) => new Date(clock().getTime() + count * 60_000),
    announce: (change: ConnectionStateChanged) => system.tx((tx) => tx.announce(connectionStateChanged, change)),
    deliveries: (): Promise<{ state: string; attempts: number; note: string | null }[]> =>
      db.withAgency(agencyId, ({ sql }) => sql`select state, attempts, note from deliveries order by created_at, id`),
  };
}

type Told = Pick<Awaited<ReturnType<typeof anAgencyToTell>>, "ops" | "clock">;

/** A consent that was refused after two hours and ten minutes of trying. */
export const aChange = ({ ops, clock }: Told, more: Partial<ConnectionStateChanged> = {}): ConnectionStateChanged => ({
  connectionId: randomUUID(),
  name: "Ava Brandt",
  ownerUserId: ops.userId,
  from: "degraded",
  to: "needs_reconsent",
  reason: "Amazon refused the token 3 times.",
  remedy: null,
  since: new Date(clock().getTime() - 130 * 60_000).toISOString(),
  at: clock().toISOString(),
  movedAccounts: 0,
  strandedAccounts: 2,
  ...more,
});
