import { type EventTable, from, microcents, times, USER, whole } from "./columns";

export const sponsoredTables: Record<string, EventTable> = {
  sponsored_ads_traffic: {
    columns: {
      ...from(
        "o",
        "advertiser advertiser_timezone entity_id currency_iso_code marketplace_name ad_product_type campaign",
      ),
      ...from("o", "ad_group targeting match_type customer_search_term placement_type creative_asin"),
      campaign_id: whole("o.campaign_id"),
      campaign_id_string: "o.campaign_id",
      currency_name: "o.currency_iso_code",
      ...from("t", "operating_system"),
      ...USER,
      ...times("event", "f.local", "f.at"),
      event_id: "md5(concat_ws('|', f.at, f.person, f.target))",
      impressions: whole("f.impressions"),
      clicks: whole("f.clicks"),
      viewable_impressions: whole("f.viewable"),
      spend: microcents("f.spend"),
    },
    from: "sponsored f JOIN sponsoredTarget o USING (target) JOIN tech t USING (tech)",
  },
};
