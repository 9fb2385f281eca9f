// Every URL of the product. Routes inside `signedIn` are shown in the shell and need a session.

/** @param {import("@remix-run/dev").DefineRouteFunction} route */
const signedIn = (route) => {
  route("", "dashboards/home.tsx", { index: true });
  route("brands/:id", "dashboards/brand.tsx");
  route("performance", "dashboards/agency.tsx");
  route("ad-groups/:id", "insights/ad-group.tsx");
  route("creatives/:id", "insights/creative.tsx");
  route("rows", "insights/rows.tsx");
  route("compare", "insights/compare.tsx");
  route("campaigns", "insights/campaigns.tsx");
  route("campaigns/:id", "insights/campaign.tsx");
  route("changes", "insights/changes.tsx");
  route("changes/:id", "insights/change-set.tsx");
  route("sync", "insights/sync.tsx");
  route("restatements", "insights/restatements.tsx");
  route("metrics", "insights/metrics.tsx");
  route("rates", "insights/rates.tsx");
  route("brands", "workspace/brands.tsx");
  route("people", "workspace/people.tsx");
  route("api-keys", "workspace/api-keys.tsx");
  route("themes", "themes/themes.tsx");
  route("themes/:id", "themes/theme.tsx");
  route("people/:id", "workspace/person.tsx");
  route("roles", "workspace/roles.tsx");
  route("audit", "audit/audit.tsx");
  route("health", "health/health.tsx");
  route("custom-pages", "pages/custom-pages.tsx");
  route("custom-actions", "pages/custom-actions.tsx");
  route("custom-actions/runs", "pages/runs.tsx");
  route("pages/:address", "pages/page.tsx");
  route("profile", "identity/profile.tsx");
  route("inbox", "notifications/inbox.tsx");
  route("custom-reports", "reports/reports.tsx");
  route("custom-reports/new", "reports/new-report.tsx");
  route("custom-reports/:id", "reports/report.tsx");
  route("amc", "amc/gallery.tsx");
  route("amc/templates/:id", "amc/template.tsx");
  route("amc/runs", "amc/runs.tsx");
  route("amc/runs/:id", "amc/run.tsx");
  route("amc/runs/batches/:id", "amc/batch.tsx");
  route("amc/sql", "amc/sql.tsx");
  route("amc/schedules", "amc/schedules.tsx");
  route("amc/schedules/new", "amc/new-schedule.tsx");
  route("amc/schedules/:id", "amc/schedule.tsx");
  route("amc/instances", "amc/instances.tsx");
  route("amc/instances/new", "amc/new-instance.tsx");
  route("amc/instances/:id", "amc/instance.tsx");
  route("exports", "exports/exports.tsx");
  route("exports/verify", "exports/verify.tsx");
  route("agency", "workspace/agency.tsx");
  route("outbox", "notifications/outbox.tsx");
  route("consents", "connections/consents.tsx");
  route("calls", "connections/calls.tsx");
  route("connections", "connections/connections.tsx");
  route("connections/new", "connections/new-connection.tsx");
  route("connections/callback/:region", "connections/callback.tsx");
  route("connections/:id", "connections/connection.tsx");
  route("accounts", "connections/accounts.tsx");
  route("accounts/:id", "connections/account.tsx");
};

/** @param {import("@remix-run/dev").DefineRouteFunction} route */
const open = (route) => {
  route("theme/:sheet", "theme-sheet.ts");
  route("themes/:id/logo", "themes/logo-upload.ts");
  route("logos/:file", "themes/logo.ts");
  route("preferences/mode", "preferences/mode.ts");
  route("sign-in", "identity/sign-in.tsx");
  route("sign-in/code", "identity/second-factor.tsx");
  route("sign-in/passkey", "identity/passkey-sign-in.ts");
  route("forgot-password", "identity/forgot-password.tsx");
  route("reset-password/:key", "identity/reset-password.tsx");
  route("switch-agency", "identity/switch-agency.ts");
  route("sign-out", "identity/sign-out.ts");
  route("first-run", "identity/first-run.tsx");
  route("invitations/:key", "identity/accept-invitation.tsx");
  route("*", "not-found.tsx");
};

/** @param {import("@remix-run/dev").DefineRoutesFunction} defineRoutes */
export const routes = (defineRoutes) =>
  defineRoutes((route) => {
    route("", "shell.tsx", { id: "shell" }, () => signedIn(route));
    open(route);
  });
