// What can go wrong in a call to Amazon. Messages name the operation, never a token, a secret or a query string.
import { AppError } from "../core/errors";
import { redactText } from "../core/log";

export type AmazonErrorKind =
  | "throttled"
  | "unauthorized"
  | "rejected"
  | "unavailable"
  | "unexpected_shape"
  | "grant_rejected"
  | "client_rejected"
  | "url_expired";

/** The call that failed. */
export interface CallFacts {
  /** For example `dsp.queryCampaigns`. */
  operation: string;
  /** Absent when no answer came. */
  status?: number;
  /** Amazon's id of the request, for its support. */
  requestId?: string;
}

/** What Amazon said about it, without tokens; every part may be missing. */
export interface Refusal {
  code?: string;
  details?: string;
  problems?: { field?: string; code?: string; message: string }[];
}

interface AmazonErrorText {
  message: string;
  remedy?: string;
  retryAfterMs?: number;
}

export abstract class AmazonError extends AppError {
  abstract readonly kind: AmazonErrorKind;
  readonly operation: string;
  readonly status?: number;
  readonly requestId?: string;

  constructor(facts: CallFacts, { message, remedy, retryAfterMs }: AmazonErrorText) {
    const retryAfterSeconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
    super("upstream", redactText(message), { remedy, retryAfterSeconds });
    this.name = new.target.name;
    this.operation = facts.operation;
    this.status = facts.status;
    this.requestId = facts.requestId;
  }
}

/** 429, or our own circuit is still open after one. */
export class Throttled extends AmazonError {
  readonly kind = "throttled";
  /** Undefined when Amazon named no time. Always set when the circuit held the call. */
  readonly retryAfterMs?: number;
  /** True when the call was held back here and did not reach Amazon. */
  readonly held: boolean;

  constructor(facts: CallFacts, options: { retryAfterMs?: number; held?: boolean } = {}) {
    super(facts, {
      message: `Amazon is limiting requests (${facts.operation}).`,
      remedy: "Nothing needs to be done: the work waits and goes on.",
      retryAfterMs: options.retryAfterMs,
    });
    this.retryAfterMs = options.retryAfterMs;
    this.held = options.held ?? false;
  }
}

/** 401 of an API call: the access token is bad or old, or the consenting user may not see this account. */
export class Unauthorized extends AmazonError {
  readonly kind = "unauthorized";
  readonly details?: string;

  constructor(facts: CallFacts, details?: string) {
    super(facts, { message: `Amazon did not accept the access (${facts.operation})${said(details)}.` });
    this.details = details;
  }
}

/** Amazon understood the request and refuses it; the same request will not pass later. */
export class Rejected extends AmazonError {
  readonly kind = "rejected";
  readonly details?: string;
  /** Amazon's own code, as sent: each API family has its own set. */
  readonly amazonCode?: string;
  readonly problems: { field?: string; code?: string; message: string }[];

  constructor(facts: CallFacts, refusal: Refusal) {
    const label = [facts.status, refusal.code].filter(Boolean).join(" ");
    super(facts, { message: `Amazon refused the request (${facts.operation}, ${label})${said(refusal.details)}.` });
    this.amazonCode = refusal.code;
    this.details = refusal.details;
    this.problems = refusal.problems ?? [];
  }
}

/** No usable answer: 5xx, network failure or time-out. A write may have landed all the same. */
export class Unavailable extends AmazonError {
  readonly kind = "unavailable";
  /** Set only when a 5xx carried Retry-After. */
  readonly retryAfterMs?: number;

  constructor(facts: CallFacts, reason: string, retryAfterMs?: number) {
    super(facts, { message: `Amazon could not be reached (${facts.operation}): ${reason}.`, retryAfterMs });
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer that does not fit the contract. `path` says where, never what stood there. */
export class UnexpectedShape extends AmazonError {
  readonly kind = "unexpected_shape";
  readonly path: string;

  constructor(facts: CallFacts, path: string, expected: string) {
    super(facts, { message: `Amazon's answer has an unexpected shape (${facts.operation}) at ${path}: ${expected}.` });
    this.path = path;
  }
}

/** `invalid_grant`: the code or refresh token is expired, used, revoked or another client's. Never retry the same one. */
export class GrantRejected extends AmazonError {
  readonly kind = "grant_rejected";

  constructor(facts: CallFacts, details?: string) {
    super(facts, {
      message: `Amazon no longer accepts this consent (${facts.operation})${said(details)}.`,
      remedy: "Connect the Amazon user again.",
    });
  }
}

/** Our client id or secret is wrong, or the client may not do this. Concerns every connection, never one of them. */
export class ClientRejected extends AmazonError {
  readonly kind = "client_rejected";
  readonly amazonCode: string;

  constructor(facts: CallFacts, refusal: { code: string; details?: string }) {
    super(facts, {
      message: `Amazon does not accept our client (${facts.operation}, ${refusal.code})${said(refusal.details)}.`,
      remedy: "Check AMAZON_CLIENT_ID and AMAZON_CLIENT_SECRET, and that the client is approved for the Ads API.",
    });
    this.amazonCode = refusal.code;
  }
}

/** The signed address of a report file has expired: asking for the report's status again gives a new one. */
export class UrlExpired extends AmazonError {
  readonly kind = "url_expired";

  constructor(facts: CallFacts) {
    super(facts, { message: `The signed address of the report has expired (${facts.operation}).` });
  }
}

const said = (details: string | undefined) => (details ? `: ${details.replace(/\.$/, "")}` : "");
