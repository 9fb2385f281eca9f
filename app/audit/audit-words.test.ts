import { expect, test } from "vitest";
import { actionWords, changeWords } from "./audit-words";

test("an action reads as words", () => {
  expect(actionWords("brand.archived")).toBe("Brand archived");
  expect(actionWords("member.roles_changed")).toBe("Member roles changed");
});

test("a change says only what differs", () => {
  expect(changeWords({ before: { name: "Acme", size: 1 }, after: { name: "Acme Home", size: 1 } })).toBe(
    "name: Acme to Acme Home",
  );
  expect(changeWords({ before: null, after: { roles: ["ops: Acme", "lead: Beta"] } })).toBe(
    "roles: ops: Acme, lead: Beta",
  );
  expect(changeWords({ before: { brand: "Acme" }, after: { brand: null } })).toBe("brand: Acme to nothing");
  expect(changeWords({ before: null, after: null })).toBe("");
});

test("a change of brand says the brands' names, not their ids", () => {
  const after = { brandId: "b2", brandName: "Beta" };
  expect(changeWords({ before: { brandId: "b1" }, after }, [{ id: "b1", name: "Acme" }])).toBe("brand: Acme to Beta");
});
