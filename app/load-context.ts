import type { PageContext } from "#server/load-context";

declare module "@remix-run/node" {
  /** What the server hands every loader and action, built once a request. */
  interface AppLoadContext extends PageContext {}
}
