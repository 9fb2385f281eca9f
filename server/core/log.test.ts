import { expect, test } from "vitest";
import { createLog, redactText } from "./log";

const lines: string[] = [];
const log = createLog("info", { write: (line: string) => void lines.push(line) });

test("secrets never reach the log, wherever they stand", () => {
  lines.length = 0;
  log.info(
    { accessToken: "Atza|one", grant: { refreshToken: "Atzr|two" }, deep: { a: { password: "three" } } },
    "kept",
  );
  log.warn("callback /connections/callback/na?code=four&state=five&x=1");
  log.error({ err: new Error("refused Atzr|six at postgres://owner:seven@db/x") }, "failed");
  const text = lines.join("");
  for (const secret of ["one", "two", "three", "four", "five", "|six", "seven"]) expect(text).not.toContain(secret);
  expect(text).toContain("kept");
  expect(text).toContain("x=1");
});

test("a signed file address keeps its path and loses its signature", () => {
  expect(redactText("https://files.example.com/r.json?X-Amz-Signature=abc&part=2")).toBe(
    "https://files.example.com/r.json?X-Amz-Signature=[redacted]&part=2",
  );
});

test("an error is logged with its causes and codes, and without the values it was about", () => {
  lines.length = 0;
  const refused = Object.assign(new Error("duplicate key"), { code: "23505", detail: "Key (email)=(one@x.example)" });
  const failed = new Error("Failed query: insert into users values ($1)\nparams: two@x.example,$argon2id$three", {
    cause: refused,
  });
  log.error({ err: Object.assign(failed, { params: ["two@x.example"] }) }, "request failed");
  try {
    new URL("postgres://owner:four@host:port/db");
  } catch (error) {
    log.fatal({ err: error }, "could not start");
  }
  const text = lines.join("");
  for (const value of ["one@", "two@", "three", "four"]) expect(text).not.toContain(value);
  for (const kept of ["insert into users", "duplicate key", "23505", "ERR_INVALID_URL", "log.test.ts"]) {
    expect(text).toContain(kept);
  }
});

test("the link of an invitation is a secret", () => {
  const path = "/invitations/0b0f8f6e-3c9d-4a53-9d0c-2f6f2f1e8a11.q1w2e3r4-_";
  expect(redactText(path)).toBe("/invitations/0b0f8f6e-3c9d-4a53-9d0c-2f6f2f1e8a11.[redacted]");
});
