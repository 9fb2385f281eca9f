// One record of every resource, and a valid body for every command that the API offers. A resource or command without one fails the access tests.
import { randomUUID } from "node:crypto";
import { auditEvents } from "../../server/audit/tables";
import type { DiscoverySummary } from "../../server/connections/contract";
import { accountAccess, accounts, amazonCalls, connections, grants } from "../../server/connections/tables";
import type { Database } from "../../server/core/db/connect";
import { sessions, users } from "../../server/identity/tables";
import { adGroups, campaigns, rollupCampaignDay, syncRuns } from "../../server/insights/tables";
import { messages } from "../../server/notifications/tables";
import { invitations, memberships } from "../../server/workspace/tables";
import { aBrand } from "../support/ctx";

/** Ids of one agency's records by resource name. */
export type Records = Record<string, string>;

const moment = new Date("2026-11-20T12:00:00Z");
const ok = { ok: true };

/** An agency's owner and one record of each resource, each carrying the word in its text so that it is found in any answer. */
export async function aWorld(
  database: Database,
  agencyId: string,
  word: string,
): Promise<Records & { userId: string }> {
  const brandId = await aBrand(database, agencyId, `${word} brand`);
  const [userId, connectionId, accountId, invitationId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const sessionId = `${word}-session`;
  const [eventId, runId, messageId, callId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await database.withAgency(agencyId, async ({ db }) => {
    await db
      .insert(users)
      .values({ agencyId, id: userId, email: `${word}@example.com`, name: `${word} person`, passwordHash: "-" });
    await db.insert(memberships).values({ agencyId, userId, brandId: null, role: "owner" });
    await db
      .insert(sessions)
      .values({ agencyId, id: sessionId, userId, expiresAt: new Date("2027-01-01T00:00:00Z"), userAgent: word });
    await db.insert(connections).values({
      agencyId,
      id: connectionId,
      region: "NA",
      ownerUserId: userId,
      amazonUserId: `amzn1.account.${word}`,
      amazonUserName: `${word} at Amazon`,
      scopes: ["profile"],
      state: "healthy",
      stateSince: moment,
      consentedAt: moment,
      discovery: {} as DiscoverySummary,
      createdAt: moment,
    });
    await db.insert(grants).values({ agencyId, connectionId, refreshToken: "sealed", sealedUnder: "v1:none" });
    await db.insert(accounts).values({
      agencyId,
      id: accountId,
      kind: "dsp_advertiser",
      region: "NA",
      amazonId: "4281234567890",
      name: `${word} account`,
      countryCode: "US",
      currency: "USD",
      timeZone: "America/New_York",
      brandId,
      capabilities: { campaigns: ok, reports: ok, write: ok, amc: ok, audiences: ok },
      createdAt: moment,
      seenAt: moment,
    });
    await db.insert(accountAccess).values({
      agencyId,
      accountId,
      connectionId,
      capabilities: { campaigns: ok, reports: ok, write: ok, amc: ok, audiences: ok },
      probedAt: moment,
    });
    await db.insert(invitations).values({
      agencyId,
      id: invitationId,
      email: `${word}-guest@example.com`,
      name: `${word} guest`,
      role: "ops",
      tokenDigest: `${word}-digest`,
      invitedBy: userId,
      expiresAt: new Date("2027-01-01T00:00:00Z"),
    });
    const entity = { agencyId, accountId, state: "ENABLED", deliveryReasons: [], source: {}, syncedAt: moment };
    await db.insert(campaigns).values({ ...entity, campaignId: "590000000000000001", name: `${word} campaign` });
    await db.insert(adGroups).values({
      ...entity,
      adGroupId: "590000000000000002",
      campaignId: "590000000000000001",
      name: `${word} ad group`,
    });
    await db.insert(rollupCampaignDay).values({
      agencyId,
      accountId,
      campaignId: "590000000000000001",
      day: "2026-11-18",
      currency: "USD",
      impressions: 7n,
    });
    await db.insert(syncRuns).values({
      agencyId,
      id: runId,
      accountId,
      subject: "campaign",
      kind: "recent",
      slot: word,
      state: "done",
      createdAt: moment,
      note: word,
    });
    await db.insert(messages).values({
      agencyId,
      id: messageId,
      userId,
      kind: "connection.degraded",
      signal: "attention",
      title: `${word} message`,
      body: word,
      action: { label: word, path: "/connections" },
      subject: { type: "connection", id: connectionId, label: word },
      dedupeKey: word,
      createdAt: moment,
    });
    await db.insert(amazonCalls).values({
      agencyId,
      id: callId,
      at: moment,
      region: "NA",
      operation: "dsp.queryCampaigns",
      method: "POST",
      path: `/${word}`,
      durationMs: 120,
      connectionId,
      accountId,
      brandId,
      origin: word,
    });
    await db.insert(auditEvents).values({
      agencyId,
      id: eventId,
      at: moment,
      actorKind: "system",
      actorId: "test",
      actorName: word,
      action: "brand.created",
      targetType: "brand",
      targetId: brandId,
      requestId: "test",
    });
  });
  const campaign = `${accountId}:590000000000000001`;
  return {
    userId,
    "amazon-calls": callId,
    "ad-groups": `${accountId}:590000000000000002`,
    "brand-consents": brandId,
    "brand-dashboards": brandId,
    "campaign-insights": campaign,
    "campaign-totals": "USD",
    campaigns: campaign,
    "sync-runs": runId,
    "sync-status": accountId,
    accounts: accountId,
    "audit-events": eventId,
    brands: brandId,
    "connection-events": eventId,
    connections: connectionId,
    consents: connectionId,
    invitations: invitationId,
    members: userId,
    messages: messageId,
    metrics: "spend",
    "notification-preferences": "me",
    profile: "me",
    sessions: sessionId,
  };
}

/** A valid body for each command the API offers; the record it is about comes from the address. */
export const bodies: Record<string, (records: Records) => object> = {
  "account.assign": ({ accounts: account, brands: brand }) => ({ accountIds: [account], brandId: brand }),
  "account.probe": () => ({}),
  "account.read-through": ({ connections: connection }) => ({ connectionId: connection }),
  "account.sync": () => ({}),
  "brand.archive": () => ({}),
  "brand.create": () => ({ name: "Another brand" }),
  "brand.restore": () => ({}),
  "brand.update": () => ({ name: "Renamed", version: 1 }),
  "connection.authorize": () => ({ region: "NA" }),
  "connection.disconnect": () => ({}),
  "connection.rediscover": () => ({}),
  "connection.renew": () => ({}),
  "connection.take-over": () => ({}),
  "invitation.create": () => ({ email: "new@example.com", name: "New Person", role: "ops", brandIds: null }),
  "invitation.renew": () => ({}),
  "invitation.revoke": () => ({}),
  "member.change-roles": () => ({ roles: [{ brandId: null, role: "ops" }] }),
  "member.reactivate": () => ({}),
  "member.suspend": () => ({}),
  "message.read": () => ({}),
  "message.read-all": () => ({}),
  "message.unread": () => ({}),
  "notification-preferences.update": () => ({ email: false }),
  "profile.change-password": () => ({ currentPassword: "not the password", newPassword: "a quiet new harbour" }),
  "profile.rename": () => ({ name: "Renamed" }),
  "session.revoke": () => ({}),
  "session.revoke-others": () => ({}),
};
