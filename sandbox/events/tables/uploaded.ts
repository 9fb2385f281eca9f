import type { AmcTable } from "../../../packages/amc-engine";
import { type EventTable, USER } from "./columns";

// What an advertiser uploaded of its own customers: a table that only its instance has.

export const uploadedTables: readonly AmcTable[] = [
  {
    name: "crm_customers",
    columns: [
      { name: "user_id", dataType: "STRING", columnType: "DIMENSION", threshold: "VERY_HIGH" },
      { name: "user_id_type", dataType: "STRING", columnType: "DIMENSION", threshold: "LOW" },
      { name: "loyalty_tier", dataType: "STRING", columnType: "DIMENSION", threshold: "LOW" },
      { name: "newsletter", dataType: "BOOLEAN", columnType: "DIMENSION", threshold: "LOW" },
      { name: "orders_offline", dataType: "LONG", columnType: "METRIC", threshold: "NONE" },
    ],
    userColumn: "user_id",
    timeColumn: null,
    paid: false,
    forAudiences: false,
  },
];

/** Three in ten of the identified people are known to the advertiser. */
export const uploadedRows: Readonly<Record<string, EventTable>> = {
  crm_customers: {
    columns: {
      user_id: USER.user_id ?? "",
      user_id_type: USER.user_id_type ?? "",
      loyalty_tier: "CASE hash(f.person) % 5 WHEN 0 THEN 'gold' WHEN 1 THEN 'silver' ELSE 'none' END",
      newsletter: "hash(f.person) % 2 = 0",
      orders_offline: "CAST(hash(f.person) % 7 AS BIGINT)",
    },
    from: "(SELECT DISTINCT person FROM member) f WHERE hash(f.person, 1) % 10 < 3",
  },
};
