import { expect, test } from "vitest";
import { roleWords } from "./member-columns";

test("roles read as a person would say them", () => {
  expect(roleWords([{ brandId: null, brandName: null, role: "owner" }])).toBe("Owner: all brands");
  expect(
    roleWords([
      { brandId: "1", brandName: "Acme", role: "ops" },
      { brandId: "2", brandName: "Beta", role: "ops" },
      { brandId: "3", brandName: "Gamma", role: "lead" },
    ]),
  ).toBe("Ops: Acme, Beta · Account lead: Gamma");
});
