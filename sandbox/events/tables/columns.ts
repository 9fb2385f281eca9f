// Pieces of SQL that make AMC's columns out of facts.

/** SQL by the name of AMC's column. */
export type Columns = Record<string, string>;

export interface EventTable {
  columns: Columns;
  /** what follows FROM; facts are `f` */
  from: string;
}

export const moment = (milliseconds: string): string => `epoch_ms(CAST(${milliseconds} AS BIGINT))`;
export const whole = (number: string): string => `CAST(${number} AS BIGINT)`;
/** Millicents as an amount of the currency. */
export const currency = (millicents: string): string =>
  `CAST(CAST(${millicents} AS BIGINT) / 100000.0 AS DECIMAL(38, 4))`;
export const microcents = (millicents: string): string => `CAST(${millicents} AS BIGINT) * 1000`;

/** `<name>_dt`, `_dt_hour`, `_date`, `_day` and `_hour` of a local and a UTC moment. */
export function times(name: string, local: string, utc: string): Columns {
  return { ...timesOf(name, local, ""), ...timesOf(name, utc, "_utc") };
}

function timesOf(name: string, milliseconds: string, suffix: string): Columns {
  const at = moment(milliseconds);
  return {
    [`${name}_dt${suffix}`]: at,
    [`${name}_dt_hour${suffix}`]: `date_trunc('hour', ${at})`,
    [`${name}_date${suffix}`]: `CAST(${at} AS DATE)`,
    [`${name}_day${suffix}`]: `day(${at})`,
    [`${name}_hour${suffix}`]: `hour(${at})`,
  };
}

export const from = (table: string, names: string): Columns =>
  Object.fromEntries(names.split(" ").map((name) => [name, `${table}.${name}`]));

/** Pseudonyms of one instance. One in sixteen ids is of a television, half as many of a browser; the others can be targeted. */
export const USER: Columns = {
  user_id: "user_of(f.person)",
  user_id_type: `CASE WHEN f.person < 0 THEN NULL WHEN user_of(f.person) < '1' THEN 'sisDeviceId'
    WHEN user_of(f.person) < '18' THEN 'adBrowserId' ELSE 'adUserId' END`,
  no_3p_trackers: "FALSE",
};
export const isTargetable = (userId: string): boolean => userId >= "18";

const flight = (part: "start" | "end", as: string): Columns => ({
  [as]: moment(`l.campaign_${part}`),
  [`${as}_utc`]: moment(`l.campaign_${part}_utc`),
});

export const LEAF: Columns = {
  ...from("l", "advertiser advertiser_timezone entity_id currency_iso_code campaign campaign_country"),
  ...from("l", "campaign_insertion_order_id campaign_primary_goal campaign_status"),
  ...from("l", "line_item line_item_price_type line_item_status line_item_type creative creative_size creative_type"),
  ...Object.fromEntries(
    ["advertiser_id", "campaign_id", "line_item_id", "creative_id", "campaign_budget_amount", "line_item_budget_amount"]
      .concat("creative_duration", "bid_price")
      .map((name) => [name, whole(`l.${name}`)]),
  ),
  campaign_id_string: "l.campaign_id",
  currency_name: "l.currency_iso_code",
  ...flight("start", "campaign_start_date"),
  ...flight("start", "campaign_start_dt"),
  ...flight("start", "line_item_start_date"),
  ...flight("start", "line_item_start_dt"),
  ...flight("end", "campaign_end_date"),
  ...flight("end", "campaign_end_dt"),
  ...flight("end", "line_item_end_date"),
  ...flight("end", "line_item_end_dt"),
};

export const PLACE: Columns = {
  ...from("s", "supply_source site slot_position ad_slot_size deal_id deal_name is_amazon_owned"),
  supply_source_id: whole("s.supply_source_id"),
  ...from("g", "iso_country_code iso_state_province_code city_name postal_code dma_code"),
  ...from("t", "operating_system browser_family device_type environment_type"),
};

/** LEFT: conversions credited to sponsored ads have no leaf and no supply. */
export const placeJoins = (join: "JOIN" | "LEFT JOIN"): string =>
  `${join} leaf l USING (leaf) ${join} supply s USING (supply) ${join} geo g USING (geo) ${join} tech t USING (tech)`;
