// Part of tables.ts.
import { date, index, numeric, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";

/** What one unit of `base` was worth in `quote` on a day, as the agency counts it. */
export const currencyRates = pgTable(
  "currency_rates",
  {
    agencyId: agencyId(),
    base: text("base").notNull(),
    quote: text("quote").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    rate: numeric("rate", { precision: 24, scale: 12 }).notNull(),
    setBy: text("set_by").notNull(),
    setAt: timestamp("set_at", { withTimezone: true, mode: "date" }).notNull(),
  },
  (t) => [
    primaryKey({ name: "currency_rates_pkey", columns: [t.agencyId, t.base, t.quote, t.day] }),
    index("currency_rates_quote").on(t.agencyId, t.quote, t.base, t.day),
    tenantPolicy(),
  ],
);
