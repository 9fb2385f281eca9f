import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sessionCookies } from "./cookies";

const session = { agencyId: randomUUID(), token: "t".repeat(43) };

test("on https the cookie is bound to the host and never leaves it in the clear", () => {
  const cookies = sessionCookies("https://tidemark.example.com");
  expect(cookies.write(session)).toBe(
    `__Host-tidemark_session=${session.agencyId}.${session.token}; HttpOnly; Max-Age=2592000; Path=/; SameSite=Lax; Secure`,
  );
});

test("on plain http the cookie has no Secure mark, or browsers would drop it", () => {
  const header = sessionCookies("http://localhost:3000").write(session);
  expect(header).toMatch(/^tidemark_session=.*HttpOnly.*SameSite=Lax$/);
});

test("what was written is read back among other cookies, malformed ones too", () => {
  const cookies = sessionCookies("http://localhost:3000");
  const header = `bad=%E0%A4%A; ${cookies.write(session).split(";")[0]}; other=1`;
  expect(cookies.read(header)).toEqual(session);
});

test.each([undefined, null, "", "tidemark_session=", "tidemark_session=nonsense", "other=1"])(
  "%s holds no session",
  (header) => {
    expect(sessionCookies("http://localhost:3000").read(header)).toBeNull();
  },
);

test("signing out removes the cookie", () => {
  expect(sessionCookies("http://localhost:3000").clear()).toMatch(/^tidemark_session=;.*Max-Age=0/);
});
