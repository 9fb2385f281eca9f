import { expect, test } from "vitest";
import { Role } from "./contract";
import { brandsOf, covers, highestRole, mayDo, permissionsOf, rightsOf } from "./permissions";

const forAll = (role: Role) => [{ brandId: null, role }];

test("who may do what", () => {
  const asked = [
    "campaigns.read",
    "accounts.read",
    "members.read",
    "connections.write",
    "brands.write",
    "health.read",
    "members.write",
    "audit.read",
    "profile.write",
  ] as const;
  const table = Object.fromEntries(
    Role.options.map((role) => [role, asked.filter((permission) => mayDo(forAll(role), permission))]),
  );
  expect(table).toEqual({
    owner: [...asked],
    admin: [...asked],
    ops: asked.filter((permission) => !["members.write", "audit.read"].includes(permission)),
    lead: ["campaigns.read", "accounts.read", "members.read", "profile.write"],
    analyst: ["campaigns.read", "accounts.read", "profile.write"],
    client: ["campaigns.read", "profile.write"],
  });
  expect(Role.options.filter((role) => mayDo(forAll(role), "money.read"))).toEqual(Role.options);
  expect(Role.options.filter((role) => mayDo(forAll(role), "calls.read"))).toEqual([
    "owner",
    "admin",
    "ops",
    "analyst",
  ]);
});

test("a role for one brand reaches that brand only", () => {
  const memberships = [{ brandId: "b1", role: "ops" as const }];
  expect(mayDo(memberships, "brands.write", "b1")).toBe(true);
  expect(mayDo(memberships, "brands.write", "b2")).toBe(false);
  expect(mayDo(memberships, "brands.write")).toBe(false);
  expect(mayDo(memberships, "brands.write", "anyBrand")).toBe(true);
  expect(brandsOf(memberships)).toEqual(["b1"]);
  expect(brandsOf(forAll("client"))).toBe("all");
});

test("what a role shows is shown for its own brands, whatever other roles a person has", () => {
  const memberships = [...forAll("client"), { brandId: "b1", role: "lead" as const }];
  expect(brandsOf(memberships, "campaigns.read")).toBe("all");
  expect(brandsOf(memberships, "accounts.read")).toEqual(["b1"]);
  expect(brandsOf(memberships, "audit.read")).toEqual([]);
});

test("a custom role gives what it says, and nothing once its time is over", () => {
  const expiresAt = new Date("2026-12-04T00:00:00Z");
  const memberships = [{ brandId: "b1", role: "custom" as const, permissions: ["campaigns.read"], expiresAt }];
  const before = rightsOf(memberships, new Date("2026-12-03T23:59:59Z"));
  expect([before.can("campaigns.read", "b1"), before.can("money.read", "b1")]).toEqual([true, false]);
  expect(before.brandsWith()).toEqual(["b1"]);
  const after = rightsOf(memberships, expiresAt);
  expect([after.can("campaigns.read", "b1"), after.can("profile.write")]).toEqual([false, true]);
  expect(after.brandsWith()).toEqual([]);
});

test("who covers another may do all that the other may, brand by brand", () => {
  const one = rightsOf([{ brandId: "b1", role: "ops" }]);
  const two = rightsOf([
    { brandId: "b1", role: "client" },
    { brandId: "b2", role: "client" },
  ]);
  expect(covers(rightsOf(forAll("client")), two)).toBe(true);
  expect(covers(one, two)).toBe(false);
});

test("the highest role speaks for a person of several", () => {
  expect(highestRole([...forAll("client"), { brandId: "b1", role: "lead" }])).toBe("lead");
  expect(highestRole([])).toBeNull();
});

test("a person without any role keeps the rights over their own account", () => {
  expect(permissionsOf([])).toEqual(["profile.read", "profile.write"]);
  expect(mayDo([], "profile.write", "anyBrand")).toBe(true);
});
