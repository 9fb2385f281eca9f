// One record of every resource, and a valid body for every command that the API offers. A resource or command without one fails the access tests.
import { randomInt, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { auditEvents } from "../../server/audit/tables";
import { accountAccess, accounts, amazonCalls, connections, grants } from "../../server/connections/tables";
import type { Database } from "../../server/core/db/connect";
import { exports } from "../../server/exports/tables";
import { passkeys, sessions, users } from "../../server/identity/tables";
import {
  accountDayVersions,
  adGroups,
  annotations,
  campaigns,
  changeItems,
  changeSets,
  creatives,
  currencyRates,
  customMetrics,
  rollupCampaignDay,
  syncRuns,
} from "../../server/insights/tables";
import { messages } from "../../server/notifications/tables";
import type { ActionDefinition } from "../../server/pages/action-contract";
import type { PageDefinition } from "../../server/pages/contract";
import { customActionRuns, customActions, customPages } from "../../server/pages/tables";
import { customReportAsks, customReportPieces, customReports } from "../../server/reports/tables";
import { apiKeys, invitations, memberships, roles, savedViews } from "../../server/workspace/tables";
import { defaultSettings } from "../../server/workspace/theme-contract";
import { domains, themes } from "../../server/workspace/theme-tables";
import { aBrand } from "../support/ctx";
import { amcBodies, insertAmcRecords } from "./amc-samples";

/** Ids of one agency's records by resource name. */
export type Records = Record<string, string>;

const moment = new Date("2026-11-20T12:00:00Z");
const ok = { ok: true };
const found = { state: "done", profiles: 1, entities: 1, advertisers: 1 } as const;

/** A rate is named by its day: no two worlds have the same. */
let rateDays = randomInt(10_000, 25_000);

/** An agency's owner and one record of each resource, each carrying the word in its text so that it is found in any answer. */
export async function aWorld(
  database: Database,
  agencyId: string,
  word: string,
): Promise<Records & { userId: string }> {
  const brandId = await aBrand(database, agencyId, `${word} brand`);
  const roleId = randomUUID();
  const [userId, connectionId, accountId, invitationId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const sessionId = `${word}-session`;
  const [eventId, runId, messageId, callId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const setId = randomUUID();
  const keyId = randomUUID();
  const [exportId, reportId] = [randomUUID(), randomUUID()];
  const viewId = randomUUID();
  const rateDay = new Date(rateDays++ * 86_400_000).toISOString().slice(0, 10);
  const [noteId, metricId] = [randomUUID(), randomUUID()];
  const [pageId, actionId, actionRunId] = [randomUUID(), randomUUID(), randomUUID()];
  await database.withAgency(agencyId, async ({ db }) => {
    await db
      .insert(users)
      .values({ agencyId, id: userId, email: `${word}@example.com`, name: `${word} person`, personId: userId });
    await db.insert(memberships).values({ agencyId, userId, brandId: null, role: "owner" });
    await db
      .insert(roles)
      .values({ agencyId, id: roleId, name: `${word} role`, permissions: ["brands.read", "campaigns.read"] });
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
      discovery: { NA: found, EU: found, FE: found },
      createdAt: moment,
    });
    await db.insert(grants).values({ agencyId, connectionId, refreshToken: "sealed", sealedUnder: "v1:none" });
    await db.insert(accounts).values({
      agencyId,
      id: accountId,
      kind: "dsp_advertiser",
      region: "NA",
      amazonId: `428${randomInt(1e9, 1e10)}`,
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
    await db.insert(customReports).values({
      agencyId,
      id: reportId,
      name: word,
      type: "dspCampaign",
      groupBy: ["campaign"],
      columns: ["orderId", "impressions"],
      timeUnit: "SUMMARY",
      rangeStart: "2026-11-01",
      rangeEnd: "2026-11-07",
      createdBy: word,
      createdAt: moment,
    });
    await db.insert(customReportAsks).values({ agencyId, reportId, accountId, position: 0, state: "done", rows: 1 });
    await db
      .insert(customReportPieces)
      .values({ agencyId, reportId, accountId, part: 0, rows: [[`${word} order`, 7]] });
    await db.insert(exports).values({
      agencyId,
      id: exportId,
      userId,
      askedBy: word,
      list: "brands",
      title: word,
      query: "",
      filename: `${word}.csv`,
      state: "waiting",
      createdAt: moment,
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
    await db.execute(sql`select set_config('app.person_id', ${userId}, true)`);
    await db.insert(passkeys).values({
      personId: userId,
      id: `${word}-passkey`,
      publicKey: "",
      counter: 0,
      transports: [],
      backedUp: false,
      name: word,
      createdAt: moment,
    });
    const entity = { agencyId, accountId, state: "ENABLED", deliveryReasons: [], source: {}, syncedAt: moment };
    await db.insert(campaigns).values({ ...entity, campaignId: "590000000000000001", name: `${word} campaign` });
    await db.insert(adGroups).values({
      ...entity,
      adGroupId: "590000000000000002",
      campaignId: "590000000000000001",
      name: `${word} ad group`,
    });
    await db
      .insert(creatives)
      .values({ agencyId, accountId, creativeId: "590000000000000003", name: `${word} creative` });
    await db.insert(rollupCampaignDay).values({
      agencyId,
      accountId,
      campaignId: "590000000000000001",
      day: "2026-11-18",
      currency: "USD",
      impressions: 7n,
    });
    await db.insert(accountDayVersions).values({
      agencyId,
      accountId,
      day: "2026-11-18",
      currency: "USD",
      knownAt: moment,
      age: 1,
      cause: "recent",
      impressions: 7n,
    });
    await db.insert(changeSets).values({
      agencyId,
      id: setId,
      state: "draft",
      note: word,
      createdBy: word,
      createdByUserId: userId,
      createdAt: moment,
    });
    await db.insert(changeItems).values({
      agencyId,
      setId,
      accountId,
      entity: "campaign",
      entityId: "590000000000000001",
      before: { name: `${word} campaign` },
      after: { name: `${word} renamed` },
      state: "waiting",
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
    await db.insert(savedViews).values({ agencyId, id: viewId, userId, resource: "brands", name: word, query: "" });
    const page = aPageOf(word);
    await db
      .insert(customPages)
      .values({ agencyId, id: pageId, slug: page.slug, title: page.title, definition: page, createdAt: moment });
    const definition = anActionOf(word);
    await db.insert(customActions).values({
      agencyId,
      id: actionId,
      label: definition.label,
      definition,
      secret: "sealed",
      createdAt: moment,
    });
    await db.insert(customActionRuns).values({
      agencyId,
      id: actionRunId,
      actionId,
      actionLabel: definition.label,
      brandId,
      targetType: "brands",
      targetId: brandId,
      targetLabel: `${word} brand`,
      input: { note: word },
      body: `{"word":"${word}"}`,
      state: "done",
      status: 200,
      answer: word,
      startedBy: word,
      createdAt: moment,
      endedAt: moment,
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
    await db
      .insert(currencyRates)
      .values({ agencyId, base: "EUR", quote: "USD", day: rateDay, rate: "1.08", setBy: word, setAt: moment });
    await db.insert(customMetrics).values({
      agencyId,
      id: metricId,
      name: `${word} metric`,
      formula: "clicks / impressions",
      unit: "percent",
      definition: word,
      changedBy: word,
      knownAt: moment,
    });
    await db.insert(annotations).values({
      agencyId,
      id: noteId,
      brandId,
      firstDay: "2026-11-10",
      lastDay: "2026-11-10",
      text: `${word} note`,
      author: word,
      createdAt: moment,
      knownAt: moment,
    });
    await db.insert(apiKeys).values({
      agencyId,
      id: keyId,
      name: `${word} key`,
      start: "tdmk_live_sample",
      digest: `${word}-key`,
      userId,
      permissions: ["brands.read"],
      createdAt: moment,
      expiresAt: new Date("2027-01-01T00:00:00Z"),
    });
    const theme = { agencyId, brandId, changedBy: word, changedAt: moment, publishedAt: moment };
    await db.insert(themes).values([
      { ...theme, state: "former", number: 1, settings: { ...defaultSettings, productName: word } },
      { ...theme, state: "published", number: 2, settings: { ...defaultSettings, footer: word } },
      { ...theme, state: "draft", settings: { ...defaultSettings, footer: `${word} draft` } },
    ]);
    await db
      .insert(domains)
      .values({ agencyId, host: `${word}.client.example`, brandId, proof: word, createdAt: moment, problem: word });
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
  const amcRecords = await insertAmcRecords(database, { agencyId, brandId, connectionId, word });
  return {
    ...amcRecords,
    "breakdown-rows": "supplySource:USD:made-up",
    "custom-reports": reportId,
    "custom-report-rows": "1",
    "custom-report-types": "dspCampaign",
    userId,
    "amazon-calls": callId,
    annotations: noteId,
    "custom-metrics": metricId,
    "currency-pairs": "EUR:USD",
    "currency-rates": `EUR:USD:${rateDay}`,
    "api-keys": keyId,
    "ad-group-insights": `${accountId}:590000000000000002`,
    "ad-groups": `${accountId}:590000000000000002`,
    "agency-dashboard": "agency",
    "creative-insights": `${accountId}:590000000000000003`,
    "fact-rows": `${accountId}:2026-11-18:590000000000000001:590000000000000002:590000000000000003`,
    "fact-totals": "USD",
    "level-rows": `${brandId}:USD`,
    "brand-consents": brandId,
    "brand-dashboards": brandId,
    "campaign-comparisons": "roas",
    "campaign-insights": campaign,
    "campaign-paces": campaign,
    "campaign-totals": "USD",
    breakdowns: "supplySource:USD",
    campaigns: campaign,
    "change-items": `${setId}:${accountId}:campaign:590000000000000001`,
    "change-sets": setId,
    explanations: `${brandId}:USD:sales`,
    restatements: `${accountId}:2026-11-18:USD`,
    "reach-months": `${accountId}:2026-11-01`,
    "report-coverage": `${accountId}:geo`,
    "sync-runs": runId,
    "sync-status": accountId,
    accounts: accountId,
    "audit-checkpoints": "1",
    "audit-events": eventId,
    "audit-retention": "me",
    brands: brandId,
    "brand-wall": brandId,
    "connection-events": eventId,
    connections: connectionId,
    consents: connectionId,
    "custom-action-runs": actionRunId,
    "custom-actions": actionId,
    "custom-pages": pageId,
    domains: `${word}.client.example`,
    exports: exportId,
    invitations: invitationId,
    "member-roles": userId,
    members: userId,
    messages: messageId,
    metrics: "spend",
    "notification-preferences": "me",
    passkeys: `${word}-passkey`,
    places: agencyId,
    profile: "me",
    "resource-descriptions": "brands",
    "saved-views": viewId,
    "access-answers": userId,
    belongings: userId,
    roles: roleId,
    sessions: sessionId,
    "sign-in-rules": agencyId,
    themes: brandId,
  };
}

const aPageOf = (word: string): PageDefinition => ({
  slug: `${word}-page`,
  title: `${word} page`,
  description: "",
  resource: "brands",
  columns: ["name", "ownerName"],
  filters: [{ field: "archived", operator: "eq", values: ["false"] }],
  sort: { field: "name", order: "asc" },
  actions: [],
  seenBy: { permission: null, roles: [] },
  menu: "none",
});

const anActionOf = (word: string): ActionDefinition => ({
  label: `${word} act`,
  resource: "brands",
  url: `https://hooks.example.com/${word}`,
  sends: ["name"],
  form: [{ key: "note", label: "Note", kind: "text", required: true }],
  confirm: "Tell of {name}?",
  permission: "actions.write",
  timeoutSeconds: 5,
});

const passkeyAnswer = {
  id: "made-up",
  rawId: "made-up",
  type: "public-key",
  response: { clientDataJSON: "", attestationObject: "" },
};

/** A valid body for each command the API offers; the record it is about comes from the address. */
export const bodies: Record<string, (records: Records) => object> = {
  ...amcBodies,
  "account.assign": ({ accounts: account, brands: brand }) => ({ accountIds: [account], brandId: brand }),
  "accounts.bulk": ({ accounts: account, brands: brand }) => ({
    action: "assign",
    ids: [account],
    input: { brandId: brand },
  }),
  "accounts.import": () => ({ csv: "Amazon id,Brand\n1,Nobody's\n", mode: "good" }),
  "account.probe": () => ({}),
  "account.read-through": ({ connections: connection }) => ({ connectionId: connection }),
  "account.sync": () => ({}),
  "report.fill": () => ({ from: "2026-11-01", to: "2026-11-10" }),
  "api-key.create": ({ brands: brand }) => ({ name: "A program", permissions: ["brands.read"], brandIds: [brand] }),
  "api-key.revoke": () => ({}),
  "api-key.rotate": () => ({}),
  "audit-event.verify": () => ({}),
  "audit-retention.change": () => ({ days: 400 }),
  "currency-rate.set": () => ({ base: "EUR", quote: "USD", day: "2026-11-11", rate: "1.09" }),
  "currency-rate.delete": () => ({}),
  "currency-rates.import": () => ({ csv: "From,To,Day,Rate\nEUR,USD,2026-11-12,1.07\n", mode: "good" }),
  "custom-metric.create": () => ({ name: "Click share", formula: "clicks / impressions", unit: "percent" }),
  "custom-metric.update": () => ({ version: 1, name: "Changed", formula: "clicks / impressions", unit: "percent" }),
  "custom-metric.delete": () => ({}),
  "custom-metrics.change": ({ "custom-metrics": metric }) => ({
    changes: [{ id: metric, version: 1, set: { name: "Changed" } }],
  }),
  "annotation.create": ({ brands: brand }) => ({ from: "2026-11-10", text: "Prime Day", brandId: brand }),
  "annotation.update": () => ({ version: 1, text: "Changed" }),
  "annotation.delete": () => ({}),
  "annotations.change": ({ annotations: note }) => ({ changes: [{ id: note, version: 1, set: { text: "Changed" } }] }),
  "api-keys.bulk": ({ "api-keys": key }) => ({ action: "revoke", ids: [key] }),
  "brand-wall.bulk": ({ brands: brand }) => ({ action: "archive", ids: [brand] }),
  "brand-wall.change": ({ brands: brand }) => ({ changes: [{ id: brand, version: 1, set: { name: "Changed" } }] }),
  "brand-wall.import": () => ({ csv: "Brand\nImported from the wall\n", mode: "good" }),
  "brands.bulk": ({ brands: brand }) => ({ action: "archive", ids: [brand] }),
  "brands.change": ({ brands: brand }) => ({ changes: [{ id: brand, version: 1, set: { name: "Changed" } }] }),
  "brands.import": () => ({ csv: "Brand\nImported\n", mode: "good" }),
  "brand.archive": () => ({}),
  "brand.create": () => ({ name: "Another brand" }),
  "brand.restore": () => ({}),
  "brand.update": () => ({ name: "Renamed", version: 1 }),
  "change-sets.change": ({ "change-sets": set }) => ({ changes: [{ id: set, version: 1, set: { note: "Changed" } }] }),
  "roles.change": ({ roles: role }) => ({ changes: [{ id: role, version: 1, set: { name: "Changed" } }] }),
  "change-set.apply": () => ({ version: 1 }),
  "change-set.describe": () => ({ note: "Why" }),
  "change-set.discard": () => ({}),
  "change-set.edit": ({ campaigns: campaign }) => ({ entity: "campaign", ids: [campaign], set: { state: "PAUSED" } }),
  "change-set.remove": ({ "change-items": item }) => ({ items: [item] }),
  "change-set.resume": ({ "change-items": item }) => ({ items: [item] }),
  "change-set.undo": () => ({}),
  "connection.authorize": () => ({ region: "NA" }),
  "connections.bulk": ({ connections: connection }) => ({ action: "rediscover", ids: [connection] }),
  "connection.disconnect": () => ({}),
  "connection.rediscover": () => ({}),
  "connection.renew": () => ({}),
  "connection.take-over": () => ({}),
  "custom-action.create": () => anActionOf("another"),
  "custom-action.remove": () => ({}),
  "custom-action.rotate": () => ({}),
  "custom-action.test": () => ({}),
  "custom-action.update": () => ({ version: 1, label: "Renamed" }),
  "custom-action.use": ({ brands: brand }) => ({ recordIds: [brand], input: { note: "Please" } }),
  "custom-actions.change": ({ "custom-actions": action }) => ({
    changes: [{ id: action, version: 1, set: { label: "Changed" } }],
  }),
  "custom-page.create": ({ "custom-actions": action }) => ({ ...aPageOf("another"), actions: [action] }),
  "custom-page.remove": () => ({}),
  "custom-page.update": () => ({ version: 1, title: "Renamed" }),
  "custom-pages.change": ({ "custom-pages": page }) => ({
    changes: [{ id: page, version: 1, set: { title: "Changed" } }],
  }),
  "domain.create": ({ brands: brand }) => ({ host: "reports.client.example", brandId: brand }),
  "domain.remove": () => ({}),
  "domain.verify": () => ({}),
  "invitations.bulk": ({ invitations: invitation }) => ({ action: "revoke", ids: [invitation] }),
  "invitation.create": () => ({ email: "new@example.com", name: "New Person", role: "client", brandIds: null }),
  "invitation.renew": () => ({}),
  "invitation.revoke": () => ({}),
  "member-roles.import": () => ({ csv: "Email,Role,Brands\nnobody@example.com,Ops,all\n", mode: "good" }),
  "custom-report.ask": ({ accounts: account }) => ({
    name: "Another",
    type: "dspCampaign",
    groupBy: ["campaign"],
    columns: ["orderId", "impressions"],
    timeUnit: "SUMMARY",
    from: "2026-11-01",
    to: "2026-11-07",
    accountIds: [account],
  }),
  "custom-report.again": () => ({}),
  "custom-report.delete": () => ({}),
  "export.ask": () => ({ list: "brands" }),
  "export.verify": () => ({ file: { bytes: 1, sha256: "0".repeat(64) } }),
  "export.cancel": () => ({}),
  "exports.bulk": ({ exports: one }) => ({ action: "cancel", ids: [one] }),
  "members.bulk": ({ members: member }) => ({ action: "suspend", ids: [member] }),
  "member.change-roles": () => ({ roles: [{ brandId: null, role: "ops" }] }),
  "member.give-role": ({ members: member, roles: role, brands: brand }) => ({
    memberIds: [member],
    role,
    brandIds: [brand],
    preview: true,
  }),
  "member.reactivate": () => ({}),
  "member.stop-viewing": () => ({}),
  "member.suspend": () => ({}),
  "messages.bulk": ({ messages: message }) => ({ action: "read", ids: [message] }),
  "member.view-as": () => ({}),
  "message.read": () => ({}),
  "message.read-all": () => ({}),
  "message.unread": () => ({}),
  "sync-status.bulk": ({ "sync-status": account }) => ({ action: "sync", ids: [account] }),
  "notification-preferences.update": () => ({ email: false }),
  "passkey.remove": () => ({}),
  "passkey.rename": () => ({ name: "Renamed" }),
  "profile.add-passkey": () => ({ name: "New", answer: passkeyAnswer }),
  "profile.begin-passkey": () => ({}),
  "profile.begin-proof": () => ({}),
  "profile.begin-totp": () => ({}),
  "profile.change-password": () => ({ currentPassword: "not the password", newPassword: "a quiet new harbour" }),
  "profile.confirm-totp": () => ({ code: "123456" }),
  "profile.prove": () => ({ password: "not the password" }),
  "profile.renew-recovery-codes": () => ({}),
  "profile.turn-off-totp": () => ({}),
  "profile.rename": () => ({ name: "Renamed" }),
  "theme.discard": () => ({}),
  "theme.publish": () => ({ version: 1 }),
  "theme.reset": () => ({}),
  "theme.roll-back": () => ({ number: 1 }),
  "theme.save": () => ({ settings: defaultSettings, version: 1 }),
  "saved-view.create": () => ({ resource: "brands", name: "Another view", query: "q=acme" }),
  "saved-view.delete": () => ({}),
  "saved-view.update": () => ({ version: 1, name: "Renamed" }),
  "saved-views.change": ({ "saved-views": view }) => ({
    changes: [{ id: view, version: 1, set: { name: "Changed" } }],
  }),
  "role.create": () => ({ name: "Buyer", permissions: ["campaigns.read"] }),
  "role.remove": () => ({}),
  "role.update": () => ({ name: "Renamed role", permissions: ["campaigns.read"], version: 1 }),
  "session.revoke": () => ({}),
  "session.revoke-others": () => ({}),
  "sign-in-rules.update": () => ({ idleMinutes: 60, hours: 8, secondFactor: "optional", version: 1 }),
};
