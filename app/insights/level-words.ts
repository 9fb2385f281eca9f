import type { Level } from "#server/insights/level-contract";
import type { RowsOf } from "./rows-path";

interface LevelWords {
  /** Of one, and of many. */
  one: string;
  many: string;
  /** The page of one of them, by the id of the brand or `<account>:<id at Amazon>`. */
  path(id: string): string;
  of(id: string): RowsOf;
}

/** One word a level; Amazon's reports say order and line item. */
export const levelWords: Record<Level, LevelWords> = {
  brands: { one: "Brand", many: "Brands", path: (id) => `/brands/${id}`, of: (brand) => ({ brand }) },
  campaigns: {
    one: "Campaign",
    many: "Campaigns",
    path: (id) => `/campaigns/${id}`,
    of: (campaign) => ({ campaign }),
  },
  adGroups: { one: "Ad group", many: "Ad groups", path: (id) => `/ad-groups/${id}`, of: (adgroup) => ({ adgroup }) },
  creatives: { one: "Creative", many: "Creatives", path: (id) => `/creatives/${id}`, of: (creative) => ({ creative }) },
};
