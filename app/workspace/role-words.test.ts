import { expect, test } from "vitest";
import { roleWords } from "./role-words";

const given = { grantedBy: null, grantedAt: "2026-11-20T12:00:00.000Z", until: null };

test("roles read as a person would say them", () => {
  expect(roleWords([{ ...given, brandId: null, brandName: null, role: "owner", roleName: "Owner" }])).toBe(
    "Owner: all brands",
  );
  const ops = { ...given, role: "ops", roleName: "Ops" };
  expect(
    roleWords([
      { ...ops, brandId: "1", brandName: "Acme" },
      { ...ops, brandId: "2", brandName: "Beta", until: "2026-12-03" },
      { ...given, brandId: "3", brandName: "Gamma", role: "b7", roleName: "Buyer" },
    ]),
  ).toBe("Ops: Acme, Beta until 3 Dec 2026 · Buyer: Gamma");
});
