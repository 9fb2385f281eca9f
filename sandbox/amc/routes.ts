import type { Route } from "../router";
import { amcAccountRoutes } from "./accounts";
import { amcAdvertiserRoutes } from "./advertisers";
import { amcAudienceRoutes } from "./audiences";
import { amcDataSourceRoutes } from "./data-sources";
import { amcDownloadRoutes } from "./downloads";
import { amcExecutionRoutes } from "./executions";
import { amcInstanceRoutes } from "./instances";
import { amcScheduleRoutes } from "./schedules";
import { amcWorkflowRoutes } from "./workflows";

export const amcRoutes: Route[] = [
  ...amcAccountRoutes,
  ...amcInstanceRoutes,
  ...amcAdvertiserRoutes,
  ...amcWorkflowRoutes,
  ...amcExecutionRoutes,
  ...amcDownloadRoutes,
  ...amcScheduleRoutes,
  ...amcDataSourceRoutes,
  ...amcAudienceRoutes,
];
