import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Region } from "../world/types";
import type { Written } from "./write-file";

// Report requests and their lives: PENDING, PROCESSING, then a file. Files are made again when lost, as of the same moment.

export interface Report {
  id: string;
  dialect: "v3" | "legacy";
  region: Region;
  /** the body as checked */
  body: unknown;
  advertiserIds: string[];
  /** identical requests have the same key */
  key: string;
  createdAt: number;
  createdReal: number;
  /** the sandbox moment whose numbers the file shows */
  generatedAt?: number;
  fileSize?: number;
  failure?: string;
}

export type ReportStatus = "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED";

export interface DeskParts {
  now(): number;
  delaySeconds(): number;
  duplicateWindowSeconds(): number;
  directory: string;
  saved: Report[] | undefined;
  onChange(): void;
  /** Writes the file; the error's message becomes the failure. */
  write(report: Report, path: string): Promise<Written>;
}

export interface ReportDesk {
  create(part: Pick<Report, "dialect" | "region" | "body" | "advertiserIds" | "key">): Report;
  duplicateOf(key: string): Report | undefined;
  find(id: string): Report | undefined;
  /** The status now; starts and briefly awaits the making of a report that is due. */
  status(report: Report): Promise<ReportStatus>;
  cancel(report: Report): void;
  /** path of the finished file */
  file(report: Report): Promise<string>;
  state(): Report[];
  /** Resolves when no file is being written any more: another sandbox may go on in the same folder. */
  close(): Promise<void>;
}

const KEPT = 3000;
const PATIENCE_MS = 250;

export function createDesk(parts: DeskParts): ReportDesk {
  const reports = new Map((parts.saved ?? []).map((report) => [report.id, report]));
  const making = new Map<string, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let queue: Promise<void> = Promise.resolve();
  mkdirSync(parts.directory, { recursive: true });

  const pathOf = (report: Report) => join(parts.directory, report.id);
  const elapsed = (report: Report) => Math.max(Date.now() - report.createdReal, parts.now() - report.createdAt) / 1000;
  const isDue = (report: Report) => elapsed(report) >= parts.delaySeconds();
  const isDone = (report: Report) => report.generatedAt !== undefined || report.failure !== undefined;

  const make = (report: Report): Promise<void> => {
    const known = making.get(report.id);
    if (known) return known;
    // However late it is looked at: made when it was due.
    const due = report.createdAt + parts.delaySeconds() * 1000;
    const moment = report.generatedAt ?? Math.min(parts.now(), due);
    const work = queue.then(async () => {
      try {
        const written = await parts.write({ ...report, generatedAt: moment }, pathOf(report));
        report.fileSize = written.size;
        report.generatedAt = moment;
      } catch (error) {
        report.failure = error instanceof Error ? error.message : String(error);
      }
      making.delete(report.id);
      parts.onChange();
    });
    queue = work;
    making.set(report.id, work);
    return work;
  };

  const arm = (report: Report) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        if (reports.has(report.id) && !isDone(report) && isDue(report)) void make(report);
      },
      Math.max(0, parts.delaySeconds() * 1000 - (Date.now() - report.createdReal)) + 5,
    );
    timer.unref();
    timers.add(timer);
  };
  for (const report of reports.values()) if (!isDone(report)) arm(report);

  return {
    create(part) {
      const report: Report = { ...part, id: randomUUID(), createdAt: parts.now(), createdReal: Date.now() };
      reports.set(report.id, report);
      for (const old of reports.keys()) {
        if (reports.size <= KEPT) break;
        reports.delete(old);
        rmSync(join(parts.directory, old), { force: true });
      }
      arm(report);
      parts.onChange();
      return report;
    },
    duplicateOf(key) {
      const since = parts.now() - parts.duplicateWindowSeconds() * 1000;
      const same = [...reports.values()].filter((report) => report.key === key && report.failure === undefined);
      return same.reverse().find((report) => report.createdAt > since);
    },
    find: (id) => reports.get(id),
    async status(report) {
      if (!isDone(report)) {
        if (elapsed(report) < parts.delaySeconds() * 0.3) return "PENDING";
        if (!isDue(report)) return "PROCESSING";
        await Promise.race([make(report), wait(PATIENCE_MS)]);
      }
      if (report.failure !== undefined) return "FAILED";
      return report.generatedAt === undefined ? "PROCESSING" : "COMPLETED";
    },
    cancel(report) {
      reports.delete(report.id);
      parts.onChange();
    },
    async file(report) {
      if (!existsSync(pathOf(report))) await make(report);
      return pathOf(report);
    },
    state: () => [...reports.values()],
    close() {
      for (const timer of timers) clearTimeout(timer);
      return queue;
    },
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
