// Every built-in template: one file and one line each.
import { asinTrackedItem } from "./asin-tracked-item";
import { attributionByPosition } from "./attribution-by-position";
import { attributionFirstTouch } from "./attribution-first-touch";
import { attributionLastTouch } from "./attribution-last-touch";
import { attributionLinear } from "./attribution-linear";
import { attributionTimeDecay } from "./attribution-time-decay";
import { audienceSegmentsMatched } from "./audience-segments-matched";
import { audienceSegmentsUser } from "./audience-segments-user";
import { audienceSizeExposed } from "./audience-size-exposed";
import { audienceSizeIntent } from "./audience-size-intent";
import { audienceSizeSeed } from "./audience-size-seed";
import { bidBoost } from "./bid-boost";
import { brandStore } from "./brand-store";
import { brandedSearch } from "./branded-search";
import { browser } from "./browser";
import { campaignCosts } from "./campaign-costs";
import { campaignDelivery } from "./campaign-delivery";
import { costsByAdProduct } from "./costs-by-ad-product";
import { creative } from "./creative";
import { creativeAsin } from "./creative-asin";
import { crossSell } from "./cross-sell";
import { customerValue } from "./customer-value";
import { dayOfWeek } from "./day-of-week";
import type { BuiltInTemplate } from "./define";
import { device } from "./device";
import { firstPartyCustomers } from "./first-party-customers";
import { frequencyByCampaign } from "./frequency-by-campaign";
import { inMarketSegments } from "./in-market-segments";
import { incrementalReach } from "./incremental-reach";
import { lifetimeValueByCampaign } from "./lifetime-value-by-campaign";
import { marketArea } from "./market-area";
import { netNewReach } from "./net-new-reach";
import { newToBrand } from "./new-to-brand";
import { newToBrandProducts } from "./new-to-brand-products";
import { offAmazonConversions } from "./off-amazon-conversions";
import { optimalFrequency } from "./optimal-frequency";
import { optimalFrequencyOffAmazon } from "./optimal-frequency-off-amazon";
import { overlap } from "./overlap";
import { overlapOfCampaigns } from "./overlap-of-campaigns";
import { overlapPair } from "./overlap-pair";
import { overlapStreamingTv } from "./overlap-streaming-tv";
import { pathByAdProduct } from "./path-by-ad-product";
import { pathByAudienceSegment } from "./path-by-audience-segment";
import { pathByGroup } from "./path-by-group";
import { pathOfConverters } from "./path-of-converters";
import { pathToConversion } from "./path-to-conversion";
import { postalCode } from "./postal-code";
import { reachAndFrequency } from "./reach-and-frequency";
import { reachOverTime } from "./reach-over-time";
import { region } from "./region";
import { repeatPurchase } from "./repeat-purchase";
import { retailPrograms } from "./retail-programs";
import { searchTermPairs } from "./search-term-pairs";
import { searchUplift } from "./search-uplift";
import { segmentPairs } from "./segment-pairs";
import { sponsoredBrandsTraffic } from "./sponsored-brands-traffic";
import { sponsoredCrossPurchase } from "./sponsored-cross-purchase";
import { sponsoredDisplayTraffic } from "./sponsored-display-traffic";
import { sponsoredKeywords } from "./sponsored-keywords";
import { sponsoredPlacements } from "./sponsored-placements";
import { subscribeAndSave } from "./subscribe-and-save";
import { supplySource } from "./supply-source";
import { tentpolePhases } from "./tentpole-phases";
import { timeOfDay } from "./time-of-day";
import { timeToConversion } from "./time-to-conversion";
import { timingOfExposures } from "./timing-of-exposures";
import { videoCompletion } from "./video-completion";
import { viewability } from "./viewability";

export const builtInTemplates = [
  asinTrackedItem,
  attributionByPosition,
  attributionFirstTouch,
  attributionLastTouch,
  attributionLinear,
  attributionTimeDecay,
  audienceSegmentsMatched,
  audienceSegmentsUser,
  audienceSizeExposed,
  audienceSizeIntent,
  audienceSizeSeed,
  bidBoost,
  brandStore,
  brandedSearch,
  browser,
  campaignCosts,
  campaignDelivery,
  costsByAdProduct,
  creative,
  creativeAsin,
  crossSell,
  customerValue,
  dayOfWeek,
  device,
  firstPartyCustomers,
  frequencyByCampaign,
  inMarketSegments,
  incrementalReach,
  lifetimeValueByCampaign,
  marketArea,
  netNewReach,
  newToBrand,
  newToBrandProducts,
  offAmazonConversions,
  optimalFrequency,
  optimalFrequencyOffAmazon,
  overlap,
  overlapOfCampaigns,
  overlapPair,
  overlapStreamingTv,
  pathByAdProduct,
  pathByAudienceSegment,
  pathByGroup,
  pathOfConverters,
  pathToConversion,
  postalCode,
  reachAndFrequency,
  reachOverTime,
  region,
  repeatPurchase,
  retailPrograms,
  searchTermPairs,
  searchUplift,
  segmentPairs,
  sponsoredBrandsTraffic,
  sponsoredCrossPurchase,
  sponsoredDisplayTraffic,
  sponsoredKeywords,
  sponsoredPlacements,
  subscribeAndSave,
  supplySource,
  tentpolePhases,
  timeOfDay,
  timeToConversion,
  timingOfExposures,
  videoCompletion,
  viewability,
] as const satisfies readonly BuiltInTemplate[];
