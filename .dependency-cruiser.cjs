// Which way dependencies point. Planted violations in tests/rules show that each rule bites.

/** Each level may import only those before it, never its neighbours. The one place this order is written. */
const levels = [
  ["core", "amazon"],
  ["audit"],
  ["identity"],
  ["workspace"],
  ["connections", "exports"],
  ["insights", "notifications"],
  ["amc"],
  ["dashboards", "automation", "reports", "pages"],
];

const slices = levels.slice(1).flat();
const any = (names) => `(${names.join("|")})`;
const tests = "\\.(test|e2e)\\.tsx?$";
/** Files outside any slice: the boot, the HTTP surface, the lists of all jobs and resources. */
const callers = "^server/([^/]+\\.ts$|api/)";

const looksDown = levels.flatMap((level, index) =>
  // amazon has a rule of its own
  level
    .filter((slice) => slice !== "amazon")
    .map((slice) => ({
      name: `${slice}-looks-down`,
      comment: "A slice imports only slices of lower levels (design: dependencies point one way).",
      severity: "error",
      from: { path: `^server/${slice}/`, pathNot: tests },
      to: { path: `^server/${any([...level, ...levels.slice(index + 1).flat()].filter((name) => name !== slice))}/` },
    })),
);

const rules = [
  {
    name: "no-cycles",
    comment: "Types may know each other; code that runs may not go in a circle.",
    severity: "error",
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "slices-meet-at-their-doors",
    comment:
      "Another slice is reached through its index.ts, tables.ts, contract.ts or a part of that (<noun>-contract.ts).",
    severity: "error",
    from: { path: `^server/${any(slices)}/`, pathNot: tests },
    to: {
      path: `^server/${any(slices)}/`,
      pathNot: ["^server/$1/", "^server/[^/]+/(index|contract|tables)\\.ts$", "^server/[^/]+/[a-z]+-contract\\.ts$"],
    },
  },
  {
    name: "sql-in-stores",
    comment: "All SQL of a slice is in its store, so that its scope to the agency is read in one place.",
    severity: "error",
    from: { path: `^server/${any(slices)}/`, pathNot: [tests, "[/-](store|tables)\\.ts$"] },
    to: { path: "node_modules/(drizzle-orm|postgres|pg)/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "slices-do-not-know-their-callers",
    comment: "Boot, HTTP, the job list and the REST handler know the slices, not the other way round.",
    severity: "error",
    from: { path: "^server/[^/]+/", pathNot: [tests, "^server/api/"] },
    to: { path: callers },
  },
  {
    name: "amazon-knows-nothing-of-us",
    comment: "The client for Amazon has no database, no environment, no domain.",
    severity: "error",
    from: { path: "^server/amazon/", pathNot: tests },
    to: {
      path: "^(server|app|tests|scripts|bench)/",
      pathNot: ["^server/amazon/", "^server/core/(errors|log|clock)\\.ts$"],
    },
  },
  {
    name: "contracts-are-pure",
    comment:
      "A contract goes to the browser: zod, other contracts, and field descriptions only; types of core besides.",
    severity: "error",
    from: { path: "^server/[^/]+/[a-z-]*contract\\.ts$" },
    to: {
      pathNot: ["^server/[^/]+/[a-z-]*contract\\.ts$", "^server/core/fields\\.ts$", "node_modules/zod/"],
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "contracts-take-types-from-core-only",
    severity: "error",
    from: { path: "^server/[^/]+/[a-z-]*contract\\.ts$" },
    to: { pathNot: ["^server/[^/]+/[a-z-]*contract\\.ts$", "^server/core/", "node_modules/zod/"] },
  },
  {
    name: "server-does-not-know-the-app",
    severity: "error",
    from: { path: "^server/" },
    to: { path: "^app/" },
  },
  {
    name: "pages-see-contracts-only",
    comment:
      "What runs in the browser takes shapes from contracts, nothing else from the server; types may come from anywhere.",
    severity: "error",
    from: {
      path: "^app/",
      pathNot: ["\\.server\\.tsx?$", tests, "^app/(api|load-context)\\.ts$", "^app/entry\\.server\\.tsx$"],
    },
    to: { path: "^server/", pathNot: "^server/[^/]+/[a-z-]*contract\\.ts$", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "nobody-imports-the-sandbox",
    comment: "The sandbox is a program of its own; product code knows only addresses.",
    severity: "error",
    from: { path: "^(app|server|packages)/", pathNot: tests },
    to: { path: "^sandbox/" },
  },
  {
    name: "the-sandbox-imports-nothing-of-the-product",
    comment: "A misreading of Amazon's contracts shared by both sides would stay hidden.",
    severity: "error",
    from: { path: "^sandbox/" },
    to: { path: "^(app|server)/" },
  },
  {
    name: "packages-know-nothing-of-the-product",
    severity: "error",
    from: { path: "^packages/" },
    to: { path: "^(app|server|sandbox|tests|scripts)/" },
  },
  {
    name: "tests-are-for-tests",
    severity: "error",
    from: { path: "^(app|server|sandbox|packages)/", pathNot: tests },
    to: { path: ["^tests/", tests] },
  },
  {
    name: "no-development-packages-in-the-product",
    comment: "A production install leaves them out.",
    severity: "error",
    // The compiler replaces this one import of server/main.ts by the build itself.
    from: { path: "^(app|server)/", pathNot: [tests, "\\.d\\.ts$", "^server/main\\.ts$"] },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  },
];

module.exports = {
  forbidden: [...rules, ...looksDown],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.(css|svg|png|woff2)(\\?url)?$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["import", "require", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
