// Every URL of the product. Routes inside `signedIn` are shown in the shell and need a session.

/** @param {import("@remix-run/dev").DefineRouteFunction} route */
const signedIn = (_route) => {};

/** @param {import("@remix-run/dev").DefineRouteFunction} route */
const open = (route) => {
  route("api/v1/*", "api.ts");
  route("theme/:sheet", "theme-sheet.ts");
  route("preferences/mode", "preferences/mode.ts");
  route("*", "not-found.tsx");
};

/** @param {import("@remix-run/dev").DefineRoutesFunction} defineRoutes */
export const routes = (defineRoutes) =>
  defineRoutes((route) => {
    route("", "shell.tsx", { id: "shell" }, () => signedIn(route));
    open(route);
  });
