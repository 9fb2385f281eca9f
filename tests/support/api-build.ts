// A build of the app without pages, so that tests of the API over HTTP need no `npm run build`.
import type { ServerBuild } from "@remix-run/node";

export const apiBuild = {
  entry: { module: { default: () => new Response("no page", { status: 404 }) } },
  routes: { none: { id: "none", path: "*", module: { loader: () => new Response("no page", { status: 404 }) } } },
  assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "test" },
  publicPath: "/build/",
  assetsBuildDirectory: "public/build",
  future: {},
  isSpaMode: false,
} as unknown as ServerBuild;
