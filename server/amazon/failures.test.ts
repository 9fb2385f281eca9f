import { expect, test } from "vitest";
import { asAnswer } from "../../tests/support/scripted-amazon";
import { type AmazonError, Rejected, Throttled, Unauthorized } from "./errors";
import { parseRetryAfter, readFailure, toError } from "./failures";

const now = new Date("2026-07-01T00:00:00Z");

function errorOf(status: number, body: unknown, headers: Record<string, string> = {}): AmazonError {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = asAnswer(new Response(null, { status, headers }));
  return toError(readFailure({ operation: "test.call", answer, text, now }));
}

test.each([
  ["120", 120_000],
  [" 3 ", 3000],
  ["0", 0],
  ["1.5", 1500],
  ["Wed, 01 Jul 2026 00:02:00 GMT", 120_000],
  ["Tue, 30 Jun 2026 23:00:00 GMT", 0],
  ["99999999999", 86_400_000],
  ["Fri, 01 Jul 2050 00:00:00 GMT", 86_400_000],
  ["-5", undefined],
  ["soon", undefined],
  ["May, soon", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %j means %j ms", (value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected);
});

test.each([
  ["generic", { code: "INVALID", details: "said" }, "INVALID"],
  ["reporting v3", { code: "400", detail: "said" }, "400"],
  ["Ads API v1", { code: "BAD_REQUEST", message: "said" }, "BAD_REQUEST"],
  ["numeric code", { code: 400, details: "said" }, "400"],
  ["OAuth", { error: "invalid_request", error_description: "said" }, "invalid_request"],
  ["ads accounts", { errors: [{ errorCode: "E1", errorId: "x", errorMessage: "said" }] }, "E1"],
])("the error body of %s is understood", (_, body, code) => {
  const error = errorOf(400, body);
  expect(error).toBeInstanceOf(Rejected);
  expect(error).toMatchObject({ amazonCode: code, details: "said", status: 400 });
});

test("the DSP error body keeps its field problems and request id", () => {
  const error = errorOf(422, {
    message: "'1' validation error(s)",
    requestId: "req-1",
    errors: [{ errorType: "REQUEST_BODY_FIELD_INVALID_METRICS", field: "metrics", message: "no such metric" }],
  });
  expect(error).toMatchObject({
    requestId: "req-1",
    details: "'1' validation error(s)",
    problems: [{ code: "REQUEST_BODY_FIELD_INVALID_METRICS", field: "metrics", message: "no such metric" }],
  });
});

test.each([
  [401, "unauthorized"],
  [403, "rejected"],
  [404, "rejected"],
  [413, "rejected"],
  [429, "throttled"],
  [500, "unavailable"],
  [503, "unavailable"],
  [302, "unexpected_shape"],
])("status %i is %s, whatever the body", (status, kind) => {
  const bodies = ["<html><body>gateway</body></html>", "", "null", "[]", '"text"', '{"code":{},"errors":"none"}'];
  for (const body of bodies) expect(errorOf(status, body).kind).toBe(kind);
});

test("429 keeps Retry-After when there is one and says so when there is none", () => {
  expect((errorOf(429, { message: "Too Many Requests" }) as Throttled).retryAfterMs).toBeUndefined();
  const throttled = errorOf(429, "<html/>", { "retry-after": "12" });
  expect(throttled).toBeInstanceOf(Throttled);
  expect(throttled).toMatchObject({ retryAfterMs: 12_000, retryAfterSeconds: 12, held: false });
});

test("tokens that Amazon repeats in an error do not reach its message or fields", () => {
  const error = errorOf(401, { code: "UNAUTHORIZED", details: "bad token Atza|canary-canary for scope 1" });
  expect(error).toBeInstanceOf(Unauthorized);
  expect(JSON.stringify(error) + error.message + error.stack).not.toContain("canary");
  const refused = errorOf(400, { errors: [{ message: "Atzr|canary" }], message: "x" });
  expect(JSON.stringify(refused)).not.toContain("canary");
});
