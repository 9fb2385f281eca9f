import { checkSql } from "./check";
import type { Lint, LintOptions } from "./contract";
import { readingDatabase } from "./parse";
import { tableLoader } from "./tables";

/** Without rows, names and types are all there is to check. */
const noRows = tableLoader({ load: () => null });

/** Everything that AMC would refuse in a query, and what in it does not mean what one thinks; runs nothing. */
export async function lint(sql: string, options: LintOptions = {}): Promise<Lint> {
  const database = await readingDatabase();
  const connection = await database.connect();
  try {
    const at = options.now ?? new Date(0);
    const meaning = {
      window: { start: at, end: at },
      now: at,
      timeZone: "UTC",
      parameters: {},
      declared: options.parameters ?? [],
    };
    const { problems, outputColumns, tables, parameters, requiredUsers } = await checkSql(connection, sql, {
      lint: options,
      meaning,
      load: noRows,
    });
    return { problems, outputColumns, tables, parameters, requiredUsers };
  } finally {
    connection.closeSync();
  }
}
