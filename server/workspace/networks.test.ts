import { expect, test } from "vitest";
import { AppError } from "../core/errors";
import { isWithin, parseNetworks } from "./networks";

test("addresses and ranges are kept in one form", () => {
  expect(
    parseNetworks(["203.0.113.7", "203.0.113.9/24", "2001:DB8::5", "2001:db8::/32", "203.0.113.0/24", ""]),
  ).toEqual(["203.0.113.7/32", "203.0.113.0/24", "2001:db8::5/128", "2001:db8::/32"]);
});

test.each(["here", "127.1", "203.0.113.0/33", "203.0.113.0/", "0xcb007107", "2001:db8::/129"])(
  "%s is refused by name",
  (text) => {
    const refusal = (() => {
      try {
        parseNetworks(["203.0.113.0/24", text]);
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(AppError);
    expect((refusal as AppError).fields).toHaveProperty(["networks.1"], expect.stringContaining(text));
  },
);

test("an IPv4 caller on an IPv6 socket is in its IPv4 network, and nobody in one of the other kind", () => {
  expect(isWithin("::ffff:203.0.113.20", ["203.0.113.0/24"])).toBe(true);
  expect(isWithin("203.0.114.20", ["203.0.113.0/24"])).toBe(false);
  expect(isWithin("2001:db8::1", ["0.0.0.0/0"])).toBe(false);
  expect(isWithin("anything", ["0.0.0.0/0"])).toBe(false);
  expect(isWithin("anything", [])).toBe(true);
});
