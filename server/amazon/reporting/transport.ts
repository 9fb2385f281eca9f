// What both dialects of DSP reporting have in common: ask, look, fetch the rows.
import type { Region } from "../regions";
import type { Access } from "../wire";
import type { RowBatch } from "./split-rows";

/** Whose numbers: one advertiser, or advertisers of a DSP entity (at most 100 a request). */
export type ReportOwner =
  | { kind: "advertiser"; advertiserId: string }
  | { kind: "entity"; profileId: string; entityId: string; advertiserIds: string[] };

/** `type`, `groupBy` and `columns` are in the words of the dialect (legacy: type, dimensions, metrics). */
export interface ReportQuestion {
  type: string;
  groupBy: string[];
  columns: string[];
  /** `YYYY-MM-DD` in the account's zone, both included; at most 31 days apart for most types. */
  startDate: string;
  endDate: string;
  timeUnit: "DAILY" | "SUMMARY";
  /** Of which of Amazon's ad products; DSP where it is not said. The legacy dialect knows no other. */
  adProduct?: "ALL" | undefined;
  /** Shown in Amazon's console; the legacy dialect has no such field. */
  name?: string;
}

export interface RequestReport extends Access {
  owner: ReportOwner;
  question: ReportQuestion;
}

export interface ReportReference extends Access {
  owner: ReportOwner;
  reportId: string;
}

export type ReportStatus =
  | { state: "waiting" }
  /** `askedAt`: when Amazon was first asked for it, where it says so. */
  | { state: "ready"; url: string; urlExpiresAt?: Date; fileSize?: number; askedAt?: Date }
  | { state: "failed"; failureReason: string };

export interface DownloadReport {
  region: Region;
  /** The signed address of a ready report. */
  url: string;
  signal?: AbortSignal;
}

export interface ReportTransport {
  /** Asks for a report. `duplicate`: Amazon already makes this very report, and `reportId` is that one's. */
  request(input: RequestReport): Promise<{ reportId: string; duplicate: boolean }>;
  /** A ready report's address lives about an hour; asking again gives a new one. */
  status(input: ReportReference): Promise<ReportStatus>;
  /**
   * The rows, streamed in flat memory. Rows that are no JSON object are handed over in `rejected`.
   * Throws UrlExpired when the address is too old, UnexpectedShape when the file is cut short or no JSON array.
   */
  download(input: DownloadReport): AsyncIterable<RowBatch>;
}
