const known: Record<string, string> = { DISPLAY: "DSP", SPONSORED_ADS: "Sponsored ads", SAS: "Amazon Ad Server" };

/** The type of an advertiser, in Amazon's own word where it is a new one. */
export const advertiserTypeWords = (type: string): string => known[type] ?? type;
