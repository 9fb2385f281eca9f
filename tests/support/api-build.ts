// A build of the app that holds the API and no page, so that tests of the API over HTTP need no `npm run build`.
import type { ServerBuild } from "@remix-run/node";
import { action, loader } from "../../app/api";

export const apiBuild = {
  entry: { module: { default: () => new Response("no page", { status: 404 }) } },
  routes: { api: { id: "api", path: "api/v1/*", module: { action, loader } } },
  assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "test" },
  publicPath: "/build/",
  assetsBuildDirectory: "public/build",
  future: {},
  isSpaMode: false,
} as unknown as ServerBuild;
