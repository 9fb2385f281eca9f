// Which addresses a call of an agency's own may reach: public ones. Everything else is ours or our neighbours'.
import ipaddr from "ipaddr.js";

/** Public by their number, but answering for the machine itself: Azure's host. IPv4 written into IPv6, and local NAT64. */
const closed = ["168.63.129.16/32", "::/96", "64:ff9b::/96", "64:ff9b:1::/48"].map((range) => ipaddr.parseCIDR(range));

/** Whether it lies on the open internet. What cannot be read does not. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // An IPv4 address inside an IPv6 one is judged as what it is.
  const address = ipaddr.process(text);
  const inside = ([range, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]) =>
    range.kind() === address.kind() && address.match(range, bits);
  return address.range() === "unicast" && !closed.some(inside);
}
