import { DAY_MS } from "./world/calendar";

// How a sandbox is set up: in code, or from the environment by `main.ts`.

export interface SandboxOptions {
  /** the NA port; EU and FE take the next two. 0: any three free ports */
  port?: number | undefined;
  seed?: number | undefined;
  brands?: number | undefined;
  /** in all */
  campaigns?: number | undefined;
  months?: number | undefined;
  adGroupsPerCampaign?: number | undefined;
  adsPerAdGroup?: number | undefined;
  /** allowed return URLs of the registered client */
  returnUrls?: string[] | undefined;
  /** keeps grants, tokens, reports, edits, AMC and the clock over restarts */
  stateDir?: string | undefined;
  /** `YYYY-MM-DD`; the day the world's flights count from. Default: the first of this month, kept in the state */
  anchor?: string | undefined;
  /** seconds until a report is ready */
  reportDelaySeconds?: number | undefined;
  /** identified people in the AMC events of an instance */
  amcPeople?: number | undefined;
  /** seconds that an AMC execution runs */
  amcRunSeconds?: number | undefined;
}

const DEFAULT_RETURN_URLS = ["localhost", "127.0.0.1"].flatMap((host) =>
  ["na", "eu", "fe"].map((region) => `http://${host}:3000/connections/callback/${region}`),
);

export type FullOptions = ReturnType<typeof fullOptions>;

export function fullOptions(options: SandboxOptions) {
  return {
    port: options.port ?? 4000,
    seed: options.seed ?? 1,
    brands: options.brands ?? 3,
    campaigns: options.campaigns ?? 12,
    months: options.months ?? 13,
    adGroupsPerCampaign: options.adGroupsPerCampaign,
    adsPerAdGroup: options.adsPerAdGroup,
    returnUrls: options.returnUrls ?? DEFAULT_RETURN_URLS,
    stateDir: options.stateDir,
    anchor: options.anchor,
    reportDelaySeconds: options.reportDelaySeconds ?? 2,
    amcPeople: options.amcPeople ?? 20_000,
    amcRunSeconds: options.amcRunSeconds ?? 3,
  };
}

/** Reads SANDBOX_* variables; throws one message that names every malformed one. */
export function optionsFromEnv(env: Record<string, string | undefined>): SandboxOptions {
  const wrong: string[] = [];
  const count = (name: string, least: number): number | undefined => {
    const text = env[name];
    if (text === undefined || text === "") return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    wrong.push(`${name} must be a whole number, ${least} or more`);
    return undefined;
  };
  const options: SandboxOptions = {
    port: count("SANDBOX_PORT", 0),
    seed: count("SANDBOX_SEED", 0),
    brands: count("SANDBOX_BRANDS", 1),
    campaigns: count("SANDBOX_CAMPAIGNS", 0),
    months: count("SANDBOX_MONTHS", 1),
    adGroupsPerCampaign: count("SANDBOX_AD_GROUPS", 1),
    adsPerAdGroup: count("SANDBOX_ADS", 1),
    reportDelaySeconds: count("SANDBOX_REPORT_DELAY", 0),
    amcPeople: count("SANDBOX_AMC_PEOPLE", 1),
    amcRunSeconds: count("SANDBOX_AMC_RUN", 0),
    returnUrls: env.SANDBOX_RETURN_URLS?.split(",")
      .map((url) => url.trim())
      .filter((url) => url !== ""),
    stateDir: env.SANDBOX_STATE_DIR || undefined,
    anchor: env.SANDBOX_ANCHOR || undefined,
  };
  if (options.anchor && Number.isNaN(Date.parse(options.anchor))) wrong.push("SANDBOX_ANCHOR must be YYYY-MM-DD");
  if (wrong.length > 0) throw new Error(wrong.join("; "));
  return options;
}

export function defaultAnchor(now: number): string {
  return `${new Date(Math.floor(now / DAY_MS) * DAY_MS).toISOString().slice(0, 7)}-01`;
}
