import { type Database, openDatabase, type Parsed, parseSql } from "./database";
import { maskExtendedWindows } from "./extended-window";

let opened: Promise<Database> | null = null;

/** One database without rows, for all texts that are read and not run. */
export function readingDatabase(): Promise<Database> {
  opened ??= openDatabase({ memoryLimitMb: 128 });
  return opened;
}

/** The trees of a text's statements, or why it has none; nothing of what it means is checked. */
export async function parse(sql: string): Promise<Parsed> {
  const database = await readingDatabase();
  const connection = await database.connect();
  try {
    return await parseSql(connection, maskExtendedWindows(sql));
  } finally {
    connection.closeSync();
  }
}
