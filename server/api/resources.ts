// Every REST resource of the product: one import and one entry each.
import { auditEventsResource } from "../audit/api";
import {
  accountsResource,
  amazonCallsResource,
  brandConsentsResource,
  connectionEventsResource,
  connectionsResource,
  consentsResource,
} from "../connections/api";
import type { Resource } from "../core/resource";
import { profileResource, sessionsResource } from "../identity/api";
import {
  adGroupsResource,
  brandDashboardsResource,
  campaignInsightsResource,
  campaignsResource,
  campaignTotalsResource,
  metricsResource,
  syncRunsResource,
  syncStatusResource,
} from "../insights/api";
import { messagesResource, notificationPreferencesResource } from "../notifications/api";
import { brandsResource, invitationsResource, membersResource } from "../workspace/api";

export const resources: readonly Resource[] = [
  accountsResource,
  adGroupsResource,
  amazonCallsResource,
  auditEventsResource,
  brandConsentsResource,
  brandDashboardsResource,
  brandsResource,
  campaignInsightsResource,
  campaignsResource,
  campaignTotalsResource,
  connectionEventsResource,
  connectionsResource,
  consentsResource,
  invitationsResource,
  membersResource,
  messagesResource,
  metricsResource,
  notificationPreferencesResource,
  profileResource,
  sessionsResource,
  syncRunsResource,
  syncStatusResource,
];
