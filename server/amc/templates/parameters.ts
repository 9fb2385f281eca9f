// Parameters that several templates ask for in the same words.
import type { TemplateSpec } from "./define";

type Parameter = NonNullable<TemplateSpec["parameters"]>[number];

/** Which DSP campaigns; the SQL of each template treats an empty list as all of them. */
export const campaigns: Parameter = {
  name: "campaigns",
  label: "Campaigns",
  kind: "list",
  from: "campaigns",
  default: [],
  help: "DSP campaigns by name, or by Amazon's id; none means all.",
};

/** Which products, by the ASIN that Amazon tracked. */
export const asins: Parameter = {
  name: "asins",
  label: "Products",
  kind: "list",
  from: "asins",
  default: [],
  help: "ASINs; none means all.",
};

/** DSP campaigns that go together, such as all of one tactic. */
export const campaignGroup = (name: string, label: string): Parameter => ({
  name,
  label,
  kind: "list",
  from: "campaigns",
  default: [],
  help: "DSP campaigns by name, or by Amazon's id. A group without any is left out.",
});

/** A day that SQL reads with CAST(... AS DATE). */
export const day = (name: string, label: string, help: string): Parameter => ({
  name,
  label,
  kind: "text",
  default: null,
  help: `${help} As 2026-06-10.`,
});
