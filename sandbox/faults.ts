import { randomOf } from "./world/random";

// What a test asks the sandbox to get wrong. The newest matching fault wins.

export interface FaultSpec {
  /** path with `*` as wildcard, or the name of an operation */
  path: string;
  method?: string | undefined;
  region?: string | undefined;
  /** how many calls it hits; absent: until removed */
  times?: number | undefined;
  /** 0 to 1: how likely it hits a matching call, from a seeded source; absent: always. A call it lets pass may be hit by an older fault. */
  share?: number | undefined;
  status?: number | undefined;
  delayMs?: number | undefined;
  /** cut the connection without an answer */
  drop?: boolean | undefined;
  /** answer with half of the true body */
  malformed?: boolean | undefined;
  /** seconds; absent: no Retry-After header */
  retryAfter?: number | undefined;
  /** text goes out as it is, anything else as JSON */
  body?: unknown;
  /** of `body`; absent: application/json */
  contentType?: string | undefined;
  /** a body of so many bytes: `body` first, then spaces */
  bodyBytes?: number | undefined;
  /** the answer's body comes in pieces of 16 bytes, this long apart */
  dripMs?: number | undefined;
  /** do the work first, then delay or spoil the answer */
  afterEffect?: boolean | undefined;
}

export interface Fault extends FaultSpec {
  id: string;
  /** calls it has hit */
  hits: number;
}

export interface FaultSubject {
  method: string;
  path: string;
  operation: string;
  region: string;
}

export interface Faults {
  add(spec: FaultSpec): Fault;
  list(): Fault[];
  clear(id?: string): void;
  /** The fault that hits this call, counted as a hit. */
  take(subject: FaultSubject): Fault | undefined;
}

interface Armed extends Fault {
  random(): number;
}

export function createFaults(seed = 1): Faults {
  let faults: Armed[] = [];
  let serial = 0;
  return {
    add(spec) {
      serial += 1;
      const id = `fault-${serial}`;
      const armed: Armed = { ...spec, id, hits: 0, random: randomOf(seed, id) };
      faults.unshift(armed);
      return shown(armed);
    },
    list: () => faults.map(shown),
    clear(id) {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id);
    },
    take(subject) {
      const fault = faults.find((candidate) => matches(candidate, subject) && strikes(candidate));
      if (fault) fault.hits += 1;
      return fault;
    },
  };
}

const shown = ({ random: _random, ...fault }: Armed): Fault => fault;

const strikes = (fault: Armed): boolean => fault.share === undefined || fault.random() < fault.share;

function matches(fault: Fault, subject: FaultSubject): boolean {
  if (fault.times !== undefined && fault.hits >= fault.times) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== subject.method) return false;
  if (fault.region !== undefined && fault.region !== subject.region) return false;
  return pathMatches(fault.path, subject);
}

export function pathMatches(pattern: string, subject: { path: string; operation: string }): boolean {
  if (pattern === subject.operation || pattern === subject.path) return true;
  if (!pattern.includes("*")) return false;
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`).test(subject.path);
}

const GATEWAY_MESSAGES: Record<number, string> = {
  401: "Unauthorized",
  403: "Forbidden",
  429: "Too Many Requests",
};

/** The body of a fault that gives a status and no body: what Amazon's gateway says. */
export function faultBody(fault: Fault, status: number): string {
  const text = faultText(fault, status);
  return fault.bodyBytes === undefined ? text : text.padEnd(fault.bodyBytes);
}

function faultText(fault: Fault, status: number): string {
  if (typeof fault.body === "string") return fault.body;
  if (fault.body !== undefined) return JSON.stringify(fault.body);
  return JSON.stringify({ message: GATEWAY_MESSAGES[status] ?? "Service Unavailable" });
}
