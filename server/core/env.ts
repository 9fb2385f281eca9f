// The environment, read once. A boot with something missing or malformed gets one complete list of names and remedies, never a value.
import { z } from "zod";
import { isKey } from "./crypto/fernet";

const regions = ["NA", "EU", "FE"] as const;
type Region = (typeof regions)[number];

export interface AmazonHosts {
  authorizeUrl: string;
  tokenUrl: string;
  apiUrl: string;
}

export interface Env {
  port: number;
  host: string;
  publicUrl: string;
  role: "all" | "web" | "worker";
  /** Owner's URL, for migrations and the job engine. Not set: the embedded database. */
  databaseUrl?: string;
  /** URL of the role the product works as; not set: derived from the owner's. */
  databaseAppUrl?: string;
  /** Limits of calls to Amazon are kept there for all processes; not set: each process has its own. */
  redisUrl?: string;
  dataDir: string;
  /** Fernet keys, newest first. Empty: one is made and kept in the data folder (sandbox only). */
  encryptionKeys: string[];
  encryptionScheme: "v1" | "v2";
  logLevel: string;
  /** Seconds between signs of life of a worker; one silent for six of them has its jobs taken over. */
  heartbeatSeconds: number;
  production: boolean;
  trustProxy: number;
  /** Calls of the API a minute: by one person, with one key, from one address nobody is known at, by an agency in all. */
  apiLimits: { person: number; key: number; anonymous: number; agency: number };
  /** The mail server and the sender; null: email is not set up. */
  mail: { smtpUrl: string; from: string } | null;
  /** Hosts inside, as `host` or `host:port`, that an agency's own actions may call. */
  outgoingPrivateHosts: string[];
  amazon: {
    environment: "production" | "sandbox";
    clientId: string;
    clientSecret: string;
    hosts: Record<Region, AmazonHosts>;
    /** Seconds a request for a token may take. */
    tokenTimeoutSeconds: number;
  };
}

/** Amazon's own hosts, contracts section 1.1. */
export const amazonHosts: Record<Region, AmazonHosts> = {
  NA: {
    authorizeUrl: "https://www.amazon.com/ap/oa",
    tokenUrl: "https://api.amazon.com/auth/o2/token",
    apiUrl: "https://advertising-api.amazon.com",
  },
  EU: {
    authorizeUrl: "https://eu.account.amazon.com/ap/oa",
    tokenUrl: "https://api.amazon.co.uk/auth/o2/token",
    apiUrl: "https://advertising-api-eu.amazon.com",
  },
  FE: {
    authorizeUrl: "https://apac.account.amazon.com/ap/oa",
    tokenUrl: "https://api.amazon.co.jp/auth/o2/token",
    apiUrl: "https://advertising-api-fe.amazon.com",
  },
};

export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not complete:\n${problems.map((line) => `  - ${line}`).join("\n")}`);
    this.name = "EnvError";
  }
}

const httpUrl = z.url({ protocol: /^https?$/, error: "must be a web address such as https://tidemark.example.com" });
const postgresUrl = z.string().refine((text) => /^postgres(ql)?:\/\/.+/.test(text) && URL.canParse(text), {
  error: "must be a Postgres address: postgres://user:password@host:port/database, special characters percent-encoded",
});
const redisUrl = z.string().refine((text) => /^rediss?:\/\/.+/.test(text) && URL.canParse(text), {
  error: "must be a Redis address: redis://user:password@host:port or rediss://..., special characters percent-encoded",
});
const fernetKeys = z
  .string()
  .optional()
  .transform((text) =>
    (text ?? "")
      .split(",")
      .map((key) => key.trim())
      .filter(Boolean),
  )
  .refine((keys) => keys.every(isKey), {
    error: "must be one or more Fernet keys (44 url-safe base64 characters), newest first, separated by commas",
  });

const smtpUrl = z.string().refine((text) => /^smtps?:\/\/[^/]+/.test(text) && hasReadableHost(text), {
  error:
    "must be a mail server's address: smtp://user:password@host:port or smtps://..., special characters percent-encoded",
});
const mailAddress = '[^\\s<>@,;:"]+@[^\\s<>@,;:"]+';
const sender = z.string().regex(new RegExp(`^(?:[^<>\\p{Cc}]*<${mailAddress}>|${mailAddress})$`, "u"), {
  error: "must be a sender such as Tidemark <tidemark@agency.example>",
});

const hostNames = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
  )
  .refine((hosts) => hosts.every((host) => /^[a-z0-9.:-]+$/.test(host)), {
    error: "must be hosts such as hooks.internal or 127.0.0.1:9000, separated by commas",
  });

const callsAMinute = z.coerce
  .number({ error: "must be a number of calls a minute" })
  .int({ error: "must be a whole number of calls a minute" })
  .min(1, { error: "must be at least 1 call a minute" })
  .max(100_000_000);

const shape = z.object({
  PORT: z.coerce.number({ error: "must be a number" }).int().min(1).max(65535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  PUBLIC_URL: httpUrl.optional(),
  PROCESS_ROLE: z.enum(["all", "web", "worker"], { error: "must be all, web or worker" }).default("all"),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  TIDEMARK_DATA_DIR: z.string().default(".data"),
  TIDEMARK_ENCRYPTION_KEYS: fernetKeys,
  TIDEMARK_ENCRYPTION_SCHEME: z.enum(["v1", "v2"], { error: "must be v1 (Fernet) or v2 (AES-256-GCM)" }).default("v1"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"], {
      error: "must be trace, debug, info, warn, error or silent",
    })
    .default("info"),
  WORKER_HEARTBEAT_SECONDS: z.coerce.number({ error: "must be a number of seconds" }).min(0.2).max(60).default(5),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: sender.optional(),
  OUTGOING_PRIVATE_HOSTS: hostNames,
  TRUST_PROXY: z.coerce.number({ error: "must be the number of proxies in front" }).int().min(0).max(10).default(0),
  API_RATE_LIMIT: callsAMinute.default(600),
  API_KEY_RATE_LIMIT: callsAMinute.default(300),
  API_ANONYMOUS_RATE_LIMIT: callsAMinute.default(120),
  API_AGENCY_RATE_LIMIT: callsAMinute.default(6000),
  AMAZON_ENVIRONMENT: z.enum(["production", "sandbox"], { error: "must be production or sandbox" }).default("sandbox"),
  // Less than the lease a refresh is done under.
  AMAZON_TOKEN_TIMEOUT_SECONDS: z.coerce.number({ error: "must be a number of seconds" }).min(0.2).max(20).default(10),
  AMAZON_CLIENT_ID: z.string().min(1, { error: "must not be empty" }).optional(),
  AMAZON_CLIENT_SECRET: z.string().min(1, { error: "must not be empty" }).optional(),
  NODE_ENV: z.string().optional(),
});

function hasReadableHost(text: string): boolean {
  try {
    const { hostname, username, password } = new URL(text);
    return hostname !== "" && [username, password].every((part) => typeof decodeURIComponent(part) === "string");
  } catch {
    return false;
  }
}

type Raw = Record<string, string | undefined>;

/** @throws {EnvError} with every problem at once */
export function loadEnv(source: Raw): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const problems: string[] = [];
  const parsed = shape.safeParse(set);
  for (const issue of parsed.error?.issues ?? []) problems.push(`${issue.path.join(".")} ${plain(issue.message)}`);
  const environment = set.AMAZON_ENVIRONMENT === "production" ? "production" : "sandbox";
  const hosts = environment === "production" ? productionHosts(set, problems) : sandboxHosts(set, problems);
  for (const name of required(environment)) {
    if (!set[name]) problems.push(`${name} is missing (needed with AMAZON_ENVIRONMENT=${environment})`);
  }
  if (set.SMTP_URL && !set.MAIL_FROM) problems.push("MAIL_FROM is missing (needed with SMTP_URL)");
  if (environment === "production" && set.PUBLIC_URL && !set.PUBLIC_URL.startsWith("https://")) {
    problems.push("PUBLIC_URL must start with https:// (Amazon sends consent back only to secure addresses)");
  }
  if (problems.length > 0 || !parsed.success) throw new EnvError(problems);
  return toEnv(parsed.data, environment, hosts);
}

function toEnv(
  data: z.output<typeof shape>,
  environment: "production" | "sandbox",
  hosts: Env["amazon"]["hosts"],
): Env {
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl: (data.PUBLIC_URL ?? `http://localhost:${data.PORT}`).replace(/\/$/, ""),
    role: data.PROCESS_ROLE,
    databaseUrl: data.DATABASE_URL,
    databaseAppUrl: data.DATABASE_APP_URL,
    redisUrl: data.REDIS_URL,
    dataDir: data.TIDEMARK_DATA_DIR,
    encryptionKeys: data.TIDEMARK_ENCRYPTION_KEYS,
    encryptionScheme: data.TIDEMARK_ENCRYPTION_SCHEME,
    logLevel: data.LOG_LEVEL,
    heartbeatSeconds: data.WORKER_HEARTBEAT_SECONDS,
    production: data.NODE_ENV === "production",
    trustProxy: data.TRUST_PROXY,
    apiLimits: {
      person: data.API_RATE_LIMIT,
      key: data.API_KEY_RATE_LIMIT,
      anonymous: data.API_ANONYMOUS_RATE_LIMIT,
      agency: data.API_AGENCY_RATE_LIMIT,
    },
    mail: data.SMTP_URL && data.MAIL_FROM ? { smtpUrl: data.SMTP_URL, from: data.MAIL_FROM } : null,
    outgoingPrivateHosts: data.OUTGOING_PRIVATE_HOSTS,
    amazon: {
      environment,
      clientId: data.AMAZON_CLIENT_ID ?? "",
      clientSecret: data.AMAZON_CLIENT_SECRET ?? "",
      hosts,
      tokenTimeoutSeconds: data.AMAZON_TOKEN_TIMEOUT_SECONDS,
    },
  };
}

const required = (environment: "production" | "sandbox") =>
  environment === "production"
    ? ["AMAZON_CLIENT_ID", "AMAZON_CLIENT_SECRET", "PUBLIC_URL", "TIDEMARK_ENCRYPTION_KEYS"]
    : ["AMAZON_CLIENT_ID", "AMAZON_CLIENT_SECRET"];

const hostKeys = [
  ["AUTHORIZE", "authorizeUrl"],
  ["TOKEN", "tokenUrl"],
  ["API", "apiUrl"],
] as const;

/** Production speaks to Amazon's own hosts and to nothing else, whatever else is set. */
function productionHosts(source: Raw, problems: string[]): Env["amazon"]["hosts"] {
  for (const region of regions) {
    for (const [part, key] of hostKeys) {
      const name = `AMAZON_${part}_URL_${region}`;
      if (source[name] && source[name] !== amazonHosts[region][key]) {
        problems.push(`${name} names a host that is not Amazon's; remove it (AMAZON_ENVIRONMENT=production)`);
      }
    }
  }
  return amazonHosts;
}

function sandboxHosts(source: Raw, problems: string[]): Env["amazon"]["hosts"] {
  const hosts = structuredClone(amazonHosts);
  for (const region of regions) {
    for (const [part, key] of hostKeys) {
      const name = `AMAZON_${part}_URL_${region}`;
      const value = source[name];
      if (!value) problems.push(`${name} is missing (needed with AMAZON_ENVIRONMENT=sandbox)`);
      else if (!httpUrl.safeParse(value).success) problems.push(`${name} must be a web address`);
      else hosts[region][key] = value;
    }
  }
  return hosts;
}

const plain = (message: string) => (/^(must|is) /.test(message) ? message : `is not valid: ${message}`);
