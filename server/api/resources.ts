// Every REST resource of the product: one import and one entry each.
import { auditEventsResource } from "../audit/api";
import { accountsResource, connectionsResource } from "../connections/api";
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
import { brandsResource, invitationsResource, membersResource } from "../workspace/api";

export const resources: readonly Resource[] = [
  accountsResource,
  adGroupsResource,
  auditEventsResource,
  brandDashboardsResource,
  brandsResource,
  campaignInsightsResource,
  campaignsResource,
  campaignTotalsResource,
  connectionsResource,
  invitationsResource,
  membersResource,
  metricsResource,
  profileResource,
  sessionsResource,
  syncRunsResource,
  syncStatusResource,
];
