// What a test asks the sandbox to get wrong. The newest matching fault wins.

export interface FaultSpec {
  /** path with `*` as wildcard, or the name of an operation */
  path: string;
  method?: string | undefined;
  region?: string | undefined;
  /** how many calls it hits; absent: until removed */
  times?: number | undefined;
  status?: number | undefined;
  delayMs?: number | undefined;
  /** cut the connection without an answer */
  drop?: boolean | undefined;
  /** answer with half of the true body */
  malformed?: boolean | undefined;
  /** seconds; absent: no Retry-After header */
  retryAfter?: number | undefined;
  body?: unknown;
  /** do the work first, then spoil the answer */
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

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let serial = 0;
  return {
    add(spec) {
      serial += 1;
      const fault: Fault = { ...spec, id: `fault-${serial}`, hits: 0 };
      faults.unshift(fault);
      return fault;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear(id) {
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id);
    },
    take(subject) {
      const fault = faults.find((candidate) => matches(candidate, subject));
      if (fault) fault.hits += 1;
      return fault;
    },
  };
}

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
  if (typeof fault.body === "string") return fault.body;
  if (fault.body !== undefined) return JSON.stringify(fault.body);
  return JSON.stringify({ message: GATEWAY_MESSAGES[status] ?? "Service Unavailable" });
}
