import fc from "fast-check";
import { expect, test } from "vitest";
import { cellText, fromMicros, safeText } from "../../exports";
import { cellOf, plainText, toMicros } from "./cells";

test.each(["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])(
  "%j is kept from being a formula",
  (text) => {
    expect(safeText(text)).toBe(`'${text}`);
  },
);

test("what was made safe comes back as it was", () => {
  fc.assert(fc.property(fc.string(), (text) => plainText(safeText(text)) === text || text.startsWith("'")));
});

test("money is written with a dot and read back to the micro", () => {
  expect(["12500000", "-1", "1234567890123456", "0"].map(fromMicros)).toEqual([
    "12.50",
    "-0.000001",
    "1234567890.123456",
    "0.00",
  ]);
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), (micros) => toMicros(fromMicros(`${micros}`)) === `${micros}`),
  );
  expect(["1,250.50", "12 EUR", "1e3", ""].map(toMicros)).toEqual([null, null, null, null]);
});

test("numbers keep their sign, enums their words, dates their ISO form", () => {
  expect(cellText(-12.5, "decimal")).toBe("-12.5");
  expect(cellText("-1+1", "decimal")).toBe("'-1+1");
  expect(cellOf("NA", { kind: "enum", values: [{ value: "NA", label: "North America" }] })).toBe("North America");
  expect(cellText("2026-11-20T12:00:00.000Z", "moment")).toBe("2026-11-20T12:00:00.000Z");
  expect(cellOf(["a", "=b"], { kind: "text", many: true })).toBe("a; =b");
});
