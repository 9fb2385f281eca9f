import { useList } from "@refinedev/core";
import { useEffect, useState } from "react";
import type { Viewer } from "#server/workspace/contract";
import { destinations } from "~/destinations";
import { can } from "~/providers/access-control";
import { useDestinations } from "./use-destinations";
import { usePlace } from "./use-place";

export interface PaletteItem {
  key: string;
  group: "Pages" | "Brands" | "Campaigns";
  label: string;
  detail?: string;
  to: string;
}

const TYPING_MS = 200;
const SHOWN_BRANDS = 6;
const SHOWN_CAMPAIGNS = 8;
const SHORTEST_SEARCH = 2;

const has = (label: string, text: string): boolean => label.toLowerCase().includes(text.trim().toLowerCase());

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** What fits the text: pages and brands at once, campaigns from the API after a pause in typing. */
export function usePaletteItems(viewer: Viewer, text: string): { items: PaletteItem[]; searching: boolean } {
  const { linkTo } = usePlace();
  const settled = useSettled(text);
  const enabled = settled.length >= SHORTEST_SEARCH && can(viewer, "campaigns.read");
  const { query, result } = useList<{ id: string; name: string; brandName?: string }>({
    resource: "campaigns",
    filters: [{ field: "q", operator: "contains", value: settled }],
    pagination: { currentPage: 1, pageSize: SHOWN_CAMPAIGNS },
    queryOptions: { enabled },
    liveMode: "off",
    errorNotification: false,
  });

  const profile = destinations.filter(({ group }) => group === "profile");
  const pages = [...useDestinations(viewer), ...profile]
    .filter(({ label }) => has(label, text))
    .map(({ name, label, paths }) => ({ key: name, group: "Pages" as const, label, to: linkTo(paths.list) }));
  const brands = viewer.brands
    .filter(({ name }) => has(name, text))
    .slice(0, SHOWN_BRANDS)
    .map(({ id, name }) => ({
      key: id,
      group: "Brands" as const,
      label: name,
      to: `/brands/${encodeURIComponent(id)}`,
    }));
  const campaigns = (enabled ? result.data : []).map(({ id, name, brandName }) => ({
    key: id,
    group: "Campaigns" as const,
    label: name,
    ...(brandName ? { detail: brandName } : {}),
    to: `/campaigns/${encodeURIComponent(id)}`,
  }));
  return {
    items: [...pages, ...brands, ...campaigns],
    searching: (enabled && query.isFetching) || settled !== text.trim(),
  };
}
