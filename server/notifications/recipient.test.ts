import { expect, test } from "vitest";
import { headOf, type Person, recipientOf } from "./recipient";

const person = (id: string, role: Person["memberships"][number]["role"], more: Partial<Person> = {}): Person => ({
  id,
  name: `Name of ${id}`,
  state: "active",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  memberships: [{ brandId: null, role }],
  ...more,
});

const early = { createdAt: new Date("2025-01-01T00:00:00Z") };
const suspended = { state: "suspended" as const };

test("the owner of a connection is told, whatever others there are", () => {
  const people = [person("olive", "owner", early), person("otto", "ops")];
  expect(recipientOf(people, "otto")).toEqual({ userId: "otto", standsInFor: null });
});

test("an owner with a role for one brand is told: reconnecting needs no more", () => {
  const people = [
    person("olive", "owner", early),
    person("otto", "ops", { memberships: [{ brandId: "b", role: "ops" }] }),
  ];
  expect(recipientOf(people, "otto")).toEqual({ userId: "otto", standsInFor: null });
});

test.each([
  ["is suspended", person("otto", "ops", suspended), { name: "Name of otto", why: "suspended" }],
  ["may no longer connect", person("otto", "lead"), { name: "Name of otto", why: "no_permission" }],
  ["is gone", person("someone-else", "client"), { name: null, why: "gone" }],
])("an owner who %s is stood in for by the longest-standing owner of the agency", (_, otto, standsInFor) => {
  const people = [
    person("late", "owner"),
    person("gone", "owner", { ...early, ...suspended }),
    person("first", "owner", { createdAt: new Date("2025-06-01T00:00:00Z") }),
    person("admin", "admin", early),
    otto,
  ];
  expect(recipientOf(people, "otto")).toEqual({ userId: "first", standsInFor });
});

test("without an active owner an admin is told, and without both nobody can be", () => {
  const brandOwner = person("brand", "owner", { memberships: [{ brandId: "b", role: "owner" }] });
  const people = [person("olive", "owner", suspended), brandOwner, person("ada", "admin"), person("otto", "ops")];
  expect(headOf(people)?.id).toBe("ada");
  expect(headOf([brandOwner, person("otto", "ops")])).toBeNull();
  expect(recipientOf([], "otto")).toBeNull();
});
