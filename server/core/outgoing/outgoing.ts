// Calls to addresses that an agency gives us. The address is judged when it is connected to, after the name was resolved:
// a name that points inside, or comes to point inside meanwhile, reaches nothing.
import { type LookupAddress, type LookupOptions, lookup as resolve } from "node:dns";
import { isIP } from "node:net";
import { Agent, buildConnector, request } from "undici";
import { isPublicAddress } from "./addresses";

export interface OutgoingCall {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

/** `blocked`: the address may not be called. `silent`: no answer came in time, or none at all. */
export type OutgoingAnswer =
  | { kind: "answered"; status: number; text: string; location: string | null }
  | { kind: "blocked"; note: string }
  | { kind: "silent"; note: string };

export interface Outgoing {
  /** Why an address cannot be given, in a sentence; null where it can. */
  problemOf(url: string): string | null;
  /** One POST, without following where it is sent on to. Never throws. */
  post(call: OutgoingCall): Promise<OutgoingAnswer>;
  close(): Promise<void>;
}

type Lookup = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface OutgoingOptions {
  /** Hosts (with `:port` for one port alone) that may be called though they are private, also without TLS. */
  privateHosts: readonly string[];
  lookup?: Lookup;
}

const mostAnswerBytes = 4096;
const connectMs = 5000;

class Blocked extends Error {}

export function createOutgoing({ privateHosts, lookup = resolve }: OutgoingOptions): Outgoing {
  const isNamed = (host: string, port: string) =>
    privateHosts.includes(host) || privateHosts.includes(`${host}:${port}`);
  const agent = new Agent({ connect: guarded(isNamed, lookup), keepAliveTimeout: 1000, maxHeaderSize: 16_384 });
  return {
    problemOf: (url) => problemOf(url, isNamed),
    async post({ url, headers, body, timeoutMs }) {
      const problem = problemOf(url, isNamed);
      if (problem) return { kind: "blocked", note: problem };
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const response = await request(url, { method: "POST", headers, body, dispatcher: agent, signal });
        const { location } = response.headers;
        return {
          kind: "answered",
          status: response.statusCode,
          text: await beginningOf(response.body),
          location: typeof location === "string" ? location.slice(0, 500) : null,
        };
      } catch (error) {
        return refusalOf(error, timeoutMs);
      }
    },
    close: () => agent.close(),
  };
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");
const portOf = ({ port, protocol }: URL): string => port || (protocol === "https:" ? "443" : "80");

function problemOf(text: string, isNamed: (host: string, port: string) => boolean): string | null {
  if (!URL.canParse(text)) return "This is no address: write one such as https://hooks.example.com/tidemark.";
  const url = new URL(text);
  if (url.username || url.password) return "Leave user and password out of the address: the call is signed.";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "The address must start with https://.";
  if (isNamed(hostOf(url), portOf(url))) return null;
  if (url.protocol === "http:") return "The address must start with https://.";
  const host = hostOf(url);
  const isInside = isIP(host) ? !isPublicAddress(host) : /(^|\.)localhost\.?$/i.test(host);
  return isInside ? `${host} is not on the open internet: an operator can allow it (OUTGOING_PRIVATE_HOSTS).` : null;
}

/** Connects to public addresses only, except for the hosts that are named. */
function guarded(isNamed: (host: string, port: string) => boolean, lookup: Lookup): buildConnector.connector {
  const closedTo = (host: string) => new Blocked(`${host} leads to an address that is not on the open internet.`);
  const free = buildConnector({ timeout: connectMs });
  const checked = buildConnector({
    timeout: connectMs,
    lookup: (host, options, done) =>
      lookup(host, { ...options, all: true }, (error, addresses) => {
        if (error) return done(error, []);
        if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address))) {
          return done(closedTo(host), []);
        }
        const [first] = addresses;
        return options.all ? done(null, addresses) : done(null, first?.address ?? "", first?.family);
      }),
  });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    const port = options.port || (options.protocol === "https:" ? "443" : "80");
    if (isNamed(host, port)) return free(options, callback);
    // Nothing is looked up for what is an address already.
    if (isIP(host) && !isPublicAddress(host)) return callback(closedTo(host), null);
    return checked(options, callback);
  };
}

/** The rest is not read: the connection is closed. */
async function beginningOf(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= mostAnswerBytes) break;
  }
  if (bytes >= mostAnswerBytes) body.destroy();
  const text = new TextDecoder().decode(Buffer.concat(parts).subarray(0, mostAnswerBytes));
  // Postgres keeps no NUL; a character cut in two ends in a mark.
  return text.replaceAll("\0", "").replace(/\uFFFD$/, "");
}

function refusalOf(error: unknown, timeoutMs: number): OutgoingAnswer {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof Blocked) return { kind: "blocked", note: at.message };
  }
  const { name, code } = error as { name?: string; code?: string };
  if (name === "TimeoutError" || code === "UND_ERR_CONNECT_TIMEOUT") {
    return { kind: "silent", note: `There was no answer within ${timeoutMs / 1000} s.` };
  }
  return { kind: "silent", note: `The call did not get through${code ? ` (${code})` : ""}.` };
}
