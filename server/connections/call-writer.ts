// Puts recorded calls into the database, an agency at a time, and tells open pages at most once a second.
import type { Database } from "../core/db/connect";
import type { Log } from "../core/log";
import { announceCalls, insertCalls, type NewCall } from "./call-store";

export interface CallWriter {
  /** @returns the rows that have to be written later, because the database is away */
  write(rows: NewCall[]): Promise<NewCall[]>;
  close(): void;
}

export interface CallWriterOptions {
  database: Pick<Database, "withAgency">;
  log: Log;
}

const rowsAnInsert = 500;
const newsMs = 1_000;

export function createCallWriter({ database, log }: CallWriterOptions): CallWriter {
  const untold = new Set<string>();
  let newsTimer: NodeJS.Timeout | undefined;

  function planNews(agencyId: string): void {
    untold.add(agencyId);
    newsTimer ??= setTimeout(tellNews, newsMs).unref();
  }

  function tellNews(): void {
    newsTimer = undefined;
    const agencies = [...untold];
    untold.clear();
    for (const agencyId of agencies) {
      database
        .withAgency(agencyId, (scope) => announceCalls(scope, agencyId))
        .catch((error: unknown) => log.debug({ err: error }, "open pages were not told of new calls"));
    }
  }

  async function insert(rows: NewCall[]): Promise<NewCall[]> {
    const agencyId = rows[0]?.agencyId ?? "";
    try {
      await database.withAgency(agencyId, (scope) => insertCalls(scope, rows));
      planNews(agencyId);
      return [];
    } catch (error) {
      if (!isSpoilt(error)) return rows;
      if (rows.length > 1) {
        // One spoilt row must not take the others with it.
        const half = rows.length >> 1;
        return (await Promise.all([insert(rows.slice(0, half)), insert(rows.slice(half))])).flat();
      }
      log.error({ err: error }, "a call to Amazon could not be recorded");
      return [];
    }
  }

  return {
    write: async (rows) => (await Promise.all(batchesOf(rows).map(insert))).flat(),
    close: () => clearTimeout(newsTimer),
  };
}

/** One agency and at most so many rows each. */
function batchesOf(rows: NewCall[]): NewCall[][] {
  const byAgency = new Map<string, NewCall[]>();
  for (const row of rows) {
    const own = byAgency.get(row.agencyId);
    if (own) own.push(row);
    else byAgency.set(row.agencyId, [row]);
  }
  return [...byAgency.values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / rowsAnInsert) }, (_, index) =>
      own.slice(index * rowsAnInsert, (index + 1) * rowsAnInsert),
    ),
  );
}

/** The rows themselves are refused (SQLSTATE classes 22, 23): they would be again. */
function isSpoilt(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && /^2[23]\w{3}$/.test(String(at.code))) return true;
  }
  return false;
}
