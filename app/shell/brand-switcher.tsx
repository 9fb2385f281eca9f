import { Select } from "antd";
import { useEffect, useState } from "react";
import { usePlace } from "./use-place";

interface Brand {
  id: string;
  name: string;
}

const RECENT_KEY = "tm-recent-brands";
const RECENT_COUNT = 5;
/** From this many brands on, the recent ones come first. */
const MANY = 8;
const ALL = "all";

const readRecent = (): string[] => {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(RECENT_KEY) ?? "[]");
    return Array.isArray(raw) ? raw.map(String) : [];
  } catch {
    return [];
  }
};

const remember = (id: string): void => {
  try {
    const ids = [id, ...readRecent().filter((one) => one !== id)].slice(0, RECENT_COUNT);
    localStorage.setItem(RECENT_KEY, JSON.stringify(ids));
  } catch {
    // Storage may be refused; then nothing is recent.
  }
};

const toOption = ({ id, name }: Brand) => ({ value: id, label: name });

/** The active brand, in the URL. Opens with `b`. */
export function BrandSwitcher({ brands }: { brands: Brand[] }) {
  const { brandId, chooseBrand } = usePlace();
  const [recent, setRecent] = useState<string[]>([]);
  useEffect(() => {
    if (brandId) remember(brandId);
    setRecent(readRecent());
  }, [brandId]);
  if (brands.length === 0) return <span className="tm-muted">No brands yet</span>;
  const known = brands.filter(({ id }) => recent.includes(id));
  const rest = brands.filter(({ id }) => !recent.includes(id));
  const grouped = brands.length >= MANY && known.length > 0;
  const options = [
    { value: ALL, label: "All brands" },
    ...(grouped
      ? [
          { label: "Recent", options: known.map(toOption) },
          { label: "Others", options: rest.map(toOption) },
        ]
      : brands.map(toOption)),
  ];
  return (
    <Select
      className="tm-brand"
      data-brand-switcher
      aria-label="Brand"
      showSearch
      optionFilterProp="label"
      value={brands.some(({ id }) => id === brandId) ? brandId : ALL}
      options={options}
      onChange={(id) => chooseBrand(id === ALL ? null : id)}
      popupMatchSelectWidth={260}
      // A virtual list has options without the role of one.
      virtual={false}
      notFoundContent="No brand has that name"
    />
  );
}
