// Every URL of the product. Routes inside `signedIn` are shown in the shell and need a session.

/** @param {import("@remix-run/dev").DefineRouteFunction} route */
const signedIn = (route) => {
  route("", "dashboards/home.tsx", { index: true });
  route("brands/:id", "dashboards/brand.tsx");
  route("campaigns", "insights/campaigns.tsx");
  route("campaigns/:id", "insights/campaign.tsx");
  route("sync", "insights/sync.tsx");
  route("brands", "workspace/brands.tsx");
  route("people", "workspace/people.tsx");
  route("audit", "audit/audit.tsx");
  route("health", "health/health.tsx");
  route("profile", "identity/profile.tsx");
  route("inbox", "notifications/inbox.tsx");
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
  route("api/v1/*", "api.ts");
  route("theme/:sheet", "theme-sheet.ts");
  route("preferences/mode", "preferences/mode.ts");
  route("sign-in", "identity/sign-in.tsx");
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
