import { expect, test } from "vitest";
import { canonicalText } from "./canonical";

test("a value is written as Postgres writes jsonb", () => {
  const value = { bb: 1, a: [true, null, { z: "é", ä: 1 }], "": 'q"\\\n\u0001\u007f', B: 1e21, c: 1.5e-7, d: -2.25e22 };
  expect(canonicalText(value)).toBe(
    '{"": "q\\"\\\\\\n\\u0001\u007f", "B": 1000000000000000000000, "a": [true, null, {"z": "é", "ä": 1}], "c": 0.00000015, "d": -22500000000000000000000, "bb": 1}',
  );
});
