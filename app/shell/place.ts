// What of the URL goes along when one moves between pages: the active brand and how numbers are looked at.
import { viewParams } from "~/ui/date-range";

const CARRIED = ["brand", ...viewParams];
/** What the rows behind a number are of, below a brand: it belongs to one brand only. */
const belowBrand = ["account", "campaign", "adgroup", "creative"];
const brandPage = /^\/brands\/([^/]+)/;

/** The active brand: named by the path of a brand's page, else by `brand`. */
export const activeBrandOf = (pathname: string, search: URLSearchParams): string | null => {
  const inPath = brandPage.exec(pathname)?.[1];
  return inPath ? decodeURIComponent(inPath) : search.get("brand");
};

/** `path` with the brand and range of the present place. */
export function carriedTo(path: string, pathname: string, search: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of CARRIED) {
    const value = name === "brand" ? activeBrandOf(pathname, search) : search.get(name);
    if (value) kept.set(name, value);
  }
  const query = kept.toString();
  return query ? `${path}?${query}` : path;
}

/** Where choosing a brand leads: the same page for that brand, at its first rows. */
export function placeOfBrand(brandId: string | null, pathname: string, search: URLSearchParams): string {
  const kept = new URLSearchParams(search);
  kept.delete("currentPage");
  kept.delete("brand");
  if (pathname === "/rows") for (const name of belowBrand) kept.delete(name);
  const isBrandPage = brandPage.test(pathname);
  if (!isBrandPage && brandId) kept.set("brand", brandId);
  const path = !isBrandPage ? pathname : brandId ? `/brands/${encodeURIComponent(brandId)}` : "/brands";
  const query = kept.toString();
  return query ? `${path}?${query}` : path;
}
