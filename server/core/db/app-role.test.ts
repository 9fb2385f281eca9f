import { expect, test } from "vitest";
import { appLoginOf, appUrlOf, scramVerifier } from "./app-role";

const owner = "postgres://own:s%23cret@db.example:5433/site?sslmode=require";

test("every process with the same DATABASE_URL derives the same login, on the same server with the same options", () => {
  expect(appUrlOf(owner)).toBe(appUrlOf(owner));
  const url = new URL(appUrlOf(owner));
  expect([url.username, url.host, url.pathname, url.search]).toEqual([
    "site_app",
    "db.example:5433",
    "/site",
    "?sslmode=require",
  ]);
  expect(url.password).not.toContain("cret");
});

test("another owner's password or another database gives another login password", () => {
  const passwords = [owner, owner.replace("s%23cret", "other"), owner.replace("/site", "/side")].map(
    (url) => appLoginOf(url).password,
  );
  expect(new Set(passwords).size).toBe(3);
});

test("a DATABASE_URL without a password is refused with the remedy", () => {
  expect(() => appUrlOf("postgres://own@db.example/site")).toThrow(/no password/);
});

test("a long database name gives a role name Postgres does not cut", () => {
  expect(appLoginOf(`postgres://o:p@h/${"d".repeat(63)}`).name.length).toBeLessThanOrEqual(63);
});

test("the password is sent as the verifier of RFC 7677's example", () => {
  expect(scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"), 4096)).toBe(
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});
