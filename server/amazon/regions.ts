/** Amazon's three advertising regions. Data is regional; a consent works in all of them (contracts 1.1). */
export type Region = "NA" | "EU" | "FE";

export const regions = ["NA", "EU", "FE"] as const satisfies readonly Region[];

export interface RegionHosts {
  /** Where a person's browser is sent to consent. */
  authorizeUrl: string;
  tokenUrl: string;
  /** Origin of the advertising API, without a trailing slash. */
  apiUrl: string;
}
