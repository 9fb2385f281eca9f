// Every REST resource of the product: one import and one entry each.
import { auditCheckpointsResource, auditEventsResource } from "../audit/api";
import {
  accountsResource,
  amazonCallsResource,
  brandConsentsResource,
  connectionEventsResource,
  connectionsResource,
  consentsResource,
} from "../connections/api";
import type { Resource } from "../core/resource";
import { brandWallResource } from "../dashboards/api";
import { passkeysResource, placesResource, profileResource, sessionsResource } from "../identity/api";
import { annotationsResource } from "../insights/annotation-api";
import {
  adGroupsResource,
  brandDashboardsResource,
  campaignInsightsResource,
  campaignsResource,
  campaignTotalsResource,
  changeItemsResource,
  changeSetsResource,
  explanationsResource,
  metricsResource,
  restatementsResource,
  syncRunsResource,
  syncStatusResource,
} from "../insights/api";
import { customMetricsResource } from "../insights/custom-metric-api";
import { currencyPairsResource, currencyRatesResource } from "../insights/rate-api";
import { breakdownsResource, reachMonthsResource, reportCoverageResource } from "../insights/report-api";
import { messagesResource, notificationPreferencesResource } from "../notifications/api";
import { actionRunsResource, customActionsResource, customPagesResource } from "../pages/api";
import {
  accessAnswersResource,
  apiKeysResource,
  auditRetentionResource,
  belongingsResource,
  brandsResource,
  invitationsResource,
  memberRolesResource,
  membersResource,
  rolesResource,
  savedViewsResource,
  signInRulesResource,
} from "../workspace/api";
import { domainsResource, themesResource } from "../workspace/theme-api";
import { descriptionsOf } from "./describe-resources";
import { exportsOf } from "./lists/exports-resource";

export const resources: readonly Resource[] = [
  accessAnswersResource,
  accountsResource,
  adGroupsResource,
  amazonCallsResource,
  annotationsResource,
  apiKeysResource,
  auditCheckpointsResource,
  auditEventsResource,
  auditRetentionResource,
  belongingsResource,
  brandConsentsResource,
  brandDashboardsResource,
  brandsResource,
  brandWallResource,
  breakdownsResource,
  campaignInsightsResource,
  campaignsResource,
  campaignTotalsResource,
  changeItemsResource,
  changeSetsResource,
  connectionEventsResource,
  connectionsResource,
  consentsResource,
  currencyPairsResource,
  currencyRatesResource,
  customMetricsResource,
  customActionsResource,
  actionRunsResource,
  customPagesResource,
  domainsResource,
  exportsOf(() => resources),
  invitationsResource,
  memberRolesResource,
  membersResource,
  messagesResource,
  metricsResource,
  notificationPreferencesResource,
  passkeysResource,
  placesResource,
  profileResource,
  reachMonthsResource,
  reportCoverageResource,
  descriptionsOf(() => resources),
  rolesResource,
  savedViewsResource,
  sessionsResource,
  signInRulesResource,
  explanationsResource,
  restatementsResource,
  syncRunsResource,
  syncStatusResource,
  themesResource,
];
