// Networks an API key may be used from.
import ipaddr from "ipaddr.js";
import { AppError } from "../core/errors";

/** Each as CIDR, without the bits behind its mask: `203.0.113.7` as `203.0.113.7/32`. @throws {AppError} invalid, naming the entry */
export const parseNetworks = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter(Boolean).map((text, index) => parseNetwork(text, index))),
];

function parseNetwork(text: string, index: number): string {
  try {
    const [address, bits] = text.includes("/") ? ipaddr.parseCIDR(text) : wholeAddress(text);
    const network = address.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
    return `${network.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`;
  } catch {
    const message = `"${text}" is no network: write an address such as 203.0.113.7, or a range such as 203.0.113.0/24.`;
    throw new AppError("invalid", message, {
      fields: { [`networks.${index}`]: message, networks: message },
      remedy: "Correct it, or leave the field empty to allow every network.",
    });
  }
}

function wholeAddress(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  // The library also reads "127.1" and octal numbers; people who type them mean something else.
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) throw new Error("no address");
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether the address lies in one of the networks; where none is named, every one does. */
export function isWithin(ip: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(ip)) return false;
  const address = ipaddr.process(ip);
  return networks.some((network) => {
    const range = ipaddr.parseCIDR(network);
    return address.kind() === range[0].kind() && address.match(range);
  });
}
