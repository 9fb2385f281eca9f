import { Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { Campaign } from "#server/insights/contract";
import { actionUrl, createHttp } from "~/providers/data";

const mostOffered = 50;
const TYPING_MS = 300;

interface CampaignPickerProps {
  id: string;
  /** Amazon's ids. */
  value: string[];
  /** Null: of all brands. */
  brandId: string | null;
  onChange(ids: string[]): void;
}

/** Campaigns by name; an id of Amazon's can be written too. */
export function CampaignPicker({ id, value, brandId, onChange }: CampaignPickerProps) {
  const http = useMemo(createHttp, []);
  const [search, setSearch] = useState("");
  const [found, setFound] = useState<Pick<Campaign, "campaignId" | "name">[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const params = {
      _start: 0,
      _end: mostOffered,
      ...(brandId ? { brandId } : {}),
      ...(search ? { q: search } : {}),
    };
    const timer = setTimeout(() => {
      http.get<Campaign[]>(actionUrl("campaigns"), { params, signal: stop.signal }).then(
        ({ data }) => setFound(data),
        () => setFound([]),
      );
    }, TYPING_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [http, brandId, search]);
  return (
    <Select
      id={id}
      mode="tags"
      tokenSeparators={[",", "\n"]}
      placeholder="All campaigns"
      filterOption={false}
      value={value}
      options={found.map(({ campaignId, name }) => ({ value: campaignId, label: name }))}
      onSearch={setSearch}
      onChange={(ids: string[]) => {
        setSearch("");
        onChange(ids);
      }}
    />
  );
}
