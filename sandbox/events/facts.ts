// What happened, in few columns. AMC's tables are made of these by SQL; see tables/.

/** person -1: nobody is known. Moments are ms UTC, `local` the same on the advertiser's wall clock; amounts are millicents. */
export const FACTS = {
  shown: [
    ...["leaf", "person", "at", "local", "supply", "tech", "geo", "impressions"],
    ...["supplyCost", "audienceFee", "platformFee", "managedFee", "thirdPartyFee", "measurable", "viewable"],
    ...["start", "firstQuartile", "midpoint", "thirdQuartile", "complete", "mute", "pause"],
  ],
  clicked: ["leaf", "person", "at", "local", "shownAt", "shownLocal", "supply", "tech", "geo", "clicks"],
  sponsored: ["target", "person", "at", "local", "tech", "impressions", "clicks", "spend", "viewable"],
  converted: [
    ...["person", "at", "local", "kind", "product", "newToBrand", "subscription", "conversions", "units", "sales"],
    // The touch it is credited to: of a leaf or a sponsored target; both -1: of none.
    ...["leaf", "target", "clicked", "trafficAt", "trafficLocal", "supply", "tech", "geo"],
    ...["own", "ownUnits", "ownSales", "halo", "haloUnits", "haloSales", "offAmazonSales"],
    ...["newOwn", "newOwnUnits", "newOwnSales", "newHalo", "newHaloUnits", "newHaloSales"],
  ],
} as const;

export type FactTable = keyof typeof FACTS;
export type Fact = Record<string, number>;

export interface Facts {
  /** One row, given in parts; what no part names is 0. */
  add(table: FactTable, ...parts: Fact[]): void;
  columns(table: FactTable): { name: string; data: Float64Array }[];
  count(table: FactTable): number;
}

export const NOBODY = -1;
export const NONE = -1;

export function createFacts(): Facts {
  const tables = Object.fromEntries(
    Object.entries(FACTS).map(([table, names]) => [table, names.map((name) => ({ name, values: [] as number[] }))]),
  );
  const columnsOf = (table: FactTable) => tables[table] ?? [];
  return {
    add(table, ...parts) {
      for (const { name, values } of columnsOf(table)) values.push(valueIn(parts, name));
    },
    columns: (table) => columnsOf(table).map(({ name, values }) => ({ name, data: Float64Array.from(values) })),
    count: (table) => columnsOf(table)[0]?.values.length ?? 0,
  };
}

function valueIn(parts: readonly Fact[], name: string): number {
  for (const part of parts) {
    const value = part[name];
    if (value !== undefined) return value;
  }
  return 0;
}
