// `npm run bench [name [share]]`: without a name, lists the benchmarks and runs them all. A share such as 0.01 is for a trial of those that
// can be smaller; what they promise is measured in full size.
const benchmarks: Record<string, { claim: string; run(share: number): Promise<void> }> = {
  audit: {
    claim:
      "audit events written with the hash chain against the same inserts without; a log verified against reading it",
    run: async () => (await import("./audit")).bench(),
  },
  sync: {
    claim: "rows from the sandbox to facts, against plain COPY of the same rows into the same table",
    run: async () => (await import("./sync")).bench(),
  },
  limiter: {
    claim: "what the limiter adds to a call to Amazon, in this process and on Redis, against the same call without it",
    run: async () => (await import("./limiter")).bench(),
  },
  tokens: {
    claim: "the refresh service against a bare loop of the same token requests",
    run: async () => (await import("./tokens")).bench(),
  },
  admin: {
    claim: "list, filter, sort and edit over 100,000 rows at 50 requests a second, against the bare SQL",
    run: async () => (await import("./admin")).bench(),
  },
  export: {
    claim: "1,000,000 rows as CSV and Parquet and 100,000 as Excel, against COPY of the same rows to stdout; memory",
    run: async (share) => (await import("./export")).bench(share),
  },
  amc: {
    claim:
      "our share of the time from submit to chart of runs at AMC, against 2 s after success; memory of 500,000 rows",
    run: async () => (await import("./amc")).bench(),
  },
  dashboard: {
    claim:
      "a brand's dashboard over 10 million facts while a sync writes, against the bare rollup query, DuckDB, and a tenth of the history",
    run: async (share) => (await import("./dashboard")).bench(share),
  },
  permissions: {
    claim: "a permission check with 200 brands' memberships, against 1 ms",
    run: async () => (await import("./permissions")).bench(),
  },
  page: {
    claim: "campaigns and dashboard: server time, time to content, first-load JavaScript",
    run: async () => (await import("./page")).bench(),
  },
};

const [wanted, asked = "1"] = process.argv.slice(2);
const share = Number(asked);
if (wanted && !benchmarks[wanted]) {
  process.stderr.write(`There is no benchmark ${wanted}. There are: ${Object.keys(benchmarks).join(", ")}\n`);
  process.exit(1);
}
if (!(share > 0 && share <= 1)) {
  process.stderr.write(`"${asked}" is no share of the full size: give a number above 0, at most 1\n`);
  process.exit(1);
}

export {};

for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (wanted && name !== wanted) continue;
  process.stderr.write(`${name}: ${benchmark.claim}\n`);
  await benchmark.run(share);
}
