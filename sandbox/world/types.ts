// What exists at the sandbox Amazon. All ids are strings; profile ids are written to the wire as JSON numbers.

export type Region = "NA" | "EU" | "FE";
export const REGIONS: readonly Region[] = ["NA", "EU", "FE"];

/** What a user may do with one advertiser. `noReports` sees it and its campaigns, but reports and writes are refused. */
export type Access = "edit" | "view" | "noReports";

export interface AmazonUser {
  id: string;
  name: string;
  email: string;
  postalCode: string;
  /** by advertiser id */
  access: Record<string, Access>;
  /** sponsored-ads profiles (seller, vendor) this user also has */
  otherProfileIds: string[];
}

export interface Profile {
  profileId: string;
  region: Region;
  countryCode: string;
  currencyCode: string;
  timezone: string;
  dailyBudget?: number;
  marketplaceStringId: string;
  accountId: string;
  type: "agency" | "seller" | "vendor";
  name: string;
}

export interface Advertiser {
  advertiserId: string;
  entityId: string;
  profileId: string;
  region: Region;
  name: string;
  currency: string;
  url: string;
  country: string;
  marketplace: string;
  timezone: string;
}

export type Inventory = "DISPLAY" | "ONLINE_VIDEO" | "STREAMING_TV" | "AUDIO";
export type State = "ENABLED" | "PAUSED" | "ARCHIVED";

export interface Campaign {
  campaignId: string;
  advertiser: Advertiser;
  name: string;
  state: State;
  inventory: Inventory;
  kpi: string;
  kpiValue: number;
  goal: "AWARENESS" | "CONSIDERATION" | "CONVERSIONS";
  agencyFeePercent: number;
  /** first and last day of delivery, both inclusive */
  startDay: string;
  endDay: string;
  /** the last day of delivery although the flight goes on (a paused campaign) */
  deliversUntil?: string;
  monthlyBudget: number;
  externalId: string;
  anomalies: Anomaly[];
}

export interface Anomaly {
  day: string;
  kind: "spend_spike" | "delivery_drop" | "conversion_outage";
  factor: number;
}

export interface AdGroup {
  adGroupId: string;
  campaign: Campaign;
  name: string;
  state: State;
  /** the last day of delivery, when it or its campaign is paused */
  deliversUntil?: string;
  baseBid: number;
  budget: number;
  externalId: string;
}

export interface Ad {
  adId: string;
  creativeAdId: string;
  campaign: Campaign;
  name: string;
  state: State;
  adType: "AUDIO" | "DISPLAY" | "VIDEO";
  size: string;
}

/** One creative in one ad group: the grain at which the world delivers. */
export interface Leaf {
  adAssociationId: string;
  adGroup: AdGroup;
  ad: Ad;
  /** seed of the leaf's daily numbers */
  key: number;
  weight: number;
  impressionsPerDay: number;
  /** cents per thousand impressions */
  cpmCents: number;
  clickRate: number;
  detailPageRate: number;
  purchaseRate: number;
  orderValueCents: number;
}

export interface AmcInstance {
  instanceId: string;
  instanceName: string;
  /** SANDBOX: synthetic data, no advertiser's own */
  instanceType: "STANDARD" | "SANDBOX";
  createdOn: string;
  advertisers: Advertiser[];
}

export interface AmcAccount {
  accountId: string;
  accountName: string;
  marketplaceId: string;
  region: Region;
  /** false: every call for it is refused until a person accepts AMC's terms */
  termsAccepted: boolean;
  /** the Amazon users who may use it */
  userIds: string[];
  instances: AmcInstance[];
}

export interface World {
  seed: number;
  /** the day the world was made: flights and campaign ages count from it */
  anchor: string;
  months: number;
  users: AmazonUser[];
  profiles: Profile[];
  advertisers: Advertiser[];
  campaigns: Campaign[];
  adGroups: AdGroup[];
  ads: Ad[];
  /** by advertiser id, in campaign and ad group order */
  leaves: Map<string, Leaf[]>;
  amc: AmcAccount[];
}

export interface WorldOptions {
  seed: number;
  brands: number;
  /** in all, spread over the brands */
  campaigns: number;
  months: number;
  anchor: string;
  /** default 2 or 3 */
  adGroupsPerCampaign?: number | undefined;
  /** default 2 or 3 */
  adsPerAdGroup?: number | undefined;
}
