import { routes } from "./app/routes.mjs";

/** @type {import("@remix-run/dev").AppConfig} */
export default {
  appDirectory: "app",
  assetsBuildDirectory: "public/build",
  publicPath: "/build/",
  server: "./server/main.ts",
  serverBuildPath: "build/index.js",
  serverModuleFormat: "esm",
  serverPlatform: "node",
  // What draws pages goes into the one server file: thousands of small files are read at every start otherwise (docs/decisions/014).
  // So does what is mended at the build (docs/decisions/047).
  serverDependenciesToBundle: [
    "postgres",
    /^(antd|rc-|@rc-component|@ant-design|@refinedev|@emotion|@ctrl)/,
    /^(dayjs|classnames|lodash-es|@babel\/runtime)/,
    /^(sunflower-antd|papaparse|@tanstack|@simplewebauthn\/browser|react-markdown|remark|mdast|micromark|unified|unist|hast|vfile)/,
  ],
  ignoredRouteFiles: ["**/*"],
  watchPaths: ["./server/**/*.ts"],
  routes,
  tailwind: false,
  postcss: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
  },
};
