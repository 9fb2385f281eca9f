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
import {
  adGroupInsightsResource,
  agencyDashboardResource,
  campaignComparisonsResource,
  campaignPacesResource,
  creativeInsightsResource,
  factRowsResource,
  factTotalsResource,
  levelRowsResource,
} from "../insights/level-api";
import { currencyPairsResource, currencyRatesResource } from "../insights/rate-api";
import {
  breakdownRowsResource,
  breakdownsResource,
  reachMonthsResource,
  reportCoverageResource,
} from "../insights/report-api";
import { messagesResource, notificationPreferencesResource } from "../notifications/api";
import { actionRunsResource, customActionsResource, customPagesResource } from "../pages/api";
import { customReportRowsResource, customReportsResource, customReportTypesResource } from "../reports/api";
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
  adGroupInsightsResource,
  adGroupsResource,
  agencyDashboardResource,
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
  breakdownRowsResource,
  breakdownsResource,
  campaignComparisonsResource,
  campaignInsightsResource,
  campaignPacesResource,
  campaignsResource,
  campaignTotalsResource,
  changeItemsResource,
  changeSetsResource,
  connectionEventsResource,
  connectionsResource,
  consentsResource,
  creativeInsightsResource,
  currencyPairsResource,
  currencyRatesResource,
  customMetricsResource,
  customActionsResource,
  actionRunsResource,
  customPagesResource,
  customReportRowsResource,
  customReportsResource,
  customReportTypesResource,
  domainsResource,
  exportsOf(() => resources),
  factRowsResource,
  factTotalsResource,
  invitationsResource,
  levelRowsResource,
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
