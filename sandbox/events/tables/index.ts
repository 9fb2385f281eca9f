import { attributedTables } from "./attributed";
import type { EventTable } from "./columns";
import { conversionTables } from "./conversions";
import { paidTables } from "./paid";
import { sponsoredTables } from "./sponsored";
import { trafficTables } from "./traffic";
import { uploadedRows } from "./uploaded";

/** The tables that have rows, by AMC's name. Their `_for_audiences` twins hold the same. */
export const eventTables: Readonly<Record<string, EventTable>> = {
  ...trafficTables,
  ...sponsoredTables,
  ...conversionTables,
  ...attributedTables,
  ...paidTables,
  ...uploadedRows,
};

/** The table whose rows a twin for audiences repeats. */
export const baseOf = (table: string): string => table.replace("_for_audiences", "");
