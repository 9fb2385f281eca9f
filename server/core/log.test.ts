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
