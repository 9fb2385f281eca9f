import { expect, test } from "vitest";
import { EnvError, loadEnv } from "./env";

const sandbox = {
  AMAZON_CLIENT_ID: "client",
  AMAZON_CLIENT_SECRET: "very-secret",
  ...Object.fromEntries(
    ["NA", "EU", "FE"].flatMap((region) =>
      ["AUTHORIZE", "TOKEN", "API"].map((part) => [`AMAZON_${part}_URL_${region}`, `http://localhost:4000/${part}`]),
    ),
  ),
};
const key = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
const production = {
  AMAZON_ENVIRONMENT: "production",
  AMAZON_CLIENT_ID: "client",
  AMAZON_CLIENT_SECRET: "very-secret",
  PUBLIC_URL: "https://tidemark.example.com/",
  TIDEMARK_ENCRYPTION_KEYS: key,
};

const problemsOf = (source: Record<string, string | undefined>): string[] => {
  try {
    loadEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
};

test("the sandbox needs no settings beyond its own addresses", () => {
  const env = loadEnv(sandbox);
  expect(env.port).toBe(3000);
  expect(env.publicUrl).toBe("http://localhost:3000");
  expect(env.amazon.environment).toBe("sandbox");
  expect(env.amazon.hosts.EU.tokenUrl).toBe("http://localhost:4000/TOKEN");
});

test("everything missing or malformed is said at once, and no value is repeated", () => {
  const problems = problemsOf({
    ...sandbox,
    PORT: "eighty",
    PROCESS_ROLE: "king",
    DATABASE_URL: "mysql://x",
    AMAZON_CLIENT_ID: "",
  });
  const text = problems.join("\n");
  for (const name of ["PORT", "PROCESS_ROLE", "DATABASE_URL", "AMAZON_CLIENT_ID"]) expect(text).toContain(name);
  expect(problems).toHaveLength(4);
  for (const value of ["eighty", "king", "mysql", "very-secret"]) expect(text).not.toContain(value);
});

test.each([
  ["DATABASE_URL", "postgres://owner:pass@host:port/tidemark"],
  ["DATABASE_APP_URL", "postgres://app:p/a@ss@host:5432/tidemark"],
  ["REDIS_URL", "http://localhost:6379"],
  ["TIDEMARK_ENCRYPTION_KEYS", `${key},${key.slice(0, -2)}5=`],
])("%s that cannot be read is named at boot", (name, value) => {
  expect(problemsOf({ ...sandbox, [name]: value })).toEqual([expect.stringContaining(name)]);
});

test("production speaks to Amazon's own hosts and refuses any other", () => {
  expect(loadEnv(production).amazon.hosts.FE.tokenUrl).toBe("https://api.amazon.co.jp/auth/o2/token");
  const [problem] = problemsOf({ ...production, AMAZON_API_URL_NA: "http://localhost:4000" });
  expect(problem).toContain("AMAZON_API_URL_NA");
});

test("production needs an encryption key and a secure public address", () => {
  const problems = problemsOf({
    ...production,
    TIDEMARK_ENCRYPTION_KEYS: undefined,
    PUBLIC_URL: "http://tidemark.example.com",
  });
  expect(problems.map((line) => line.split(" ")[0])).toEqual(["TIDEMARK_ENCRYPTION_KEYS", "PUBLIC_URL"]);
});

test("a key that is not a Fernet key is refused without being shown", () => {
  const [problem] = problemsOf({ ...production, TIDEMARK_ENCRYPTION_KEYS: `${key},short` });
  expect(problem).toMatch(/^TIDEMARK_ENCRYPTION_KEYS must be one or more Fernet keys/);
  expect(problem).not.toContain("short");
});

test("email is off until a mail server and a sender are set", () => {
  expect(loadEnv(sandbox).mail).toBeNull();
  const mail = { SMTP_URL: "smtp://user:p%40ss@mail.example.com:587", MAIL_FROM: "Tidemark <tidemark@agency.example>" };
  expect(loadEnv({ ...sandbox, ...mail }).mail).toEqual({ smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM });
});

test.each([
  ["SMTP_URL", { SMTP_URL: "https://user:hidden@mail.example.com", MAIL_FROM: "a@agency.example" }],
  ["SMTP_URL", { SMTP_URL: "smtp://user:hid%den@mail.example.com", MAIL_FROM: "a@agency.example" }],
  ["MAIL_FROM", { SMTP_URL: "smtp://user:hidden@mail.example.com" }],
  ["MAIL_FROM", { SMTP_URL: "smtp://user:hidden@mail.example.com", MAIL_FROM: "hidden" }],
  ["MAIL_FROM", { SMTP_URL: "smtp://user:hidden@mail.example.com", MAIL_FROM: "a@agency.example\r\nBcc: b@hidden" }],
])("%s that cannot be used for mail is named at boot without its value", (name, mail) => {
  const [problem, ...others] = problemsOf({ ...sandbox, ...mail });
  expect(problem).toMatch(new RegExp(`^${name} `));
  expect(problem).not.toContain("hidden");
  expect(others).toEqual([]);
});
