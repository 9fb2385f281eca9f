import { expect, test } from "vitest";
import { placeOf } from "./attempts";

test("all addresses of one IPv6 customer are one place", () => {
  expect(placeOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(placeOf("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(placeOf("2001:db8::9")).toBe("2001:db8:0:0::/64");
  expect(placeOf("::1")).toBe("0:0:0:0::/64");
});

test("an IPv4 address is a place, also in its IPv6 clothes", () => {
  expect(placeOf("192.0.2.7")).toBe("192.0.2.7");
  expect(placeOf("::ffff:192.0.2.7")).toBe("192.0.2.7");
});
