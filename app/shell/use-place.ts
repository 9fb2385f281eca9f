import { useLocation, useMatches, useNavigate, useNavigation } from "@remix-run/react";
import { useCallback, useMemo, useRef } from "react";
import { startsAnew } from "~/revalidate";
import type { ResolvedRange } from "~/ui/date-range";
import { activeBrandOf, carriedTo, placeOfBrand } from "./place";

/** Where one is, and how to get elsewhere with the brand and range one has. */
export function usePlace() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  return {
    pathname,
    brandId: activeBrandOf(pathname, params),
    linkTo: useCallback((path: string) => carriedTo(path, pathname, params), [pathname, params]),
    goTo: useCallback((path: string) => navigate(carriedTo(path, pathname, params)), [navigate, pathname, params]),
    chooseBrand: useCallback(
      (brandId: string | null) => navigate(placeOfBrand(brandId, pathname, params)),
      [navigate, pathname, params],
    ),
  };
}

/**
 * The range of the present page, for pages that export `handle = { range: true }` and load one; with `currency: true` its money
 * can be seen in one currency.
 */
export function usePageRange(): { range: ResolvedRange; zone?: string; converts: boolean } | null {
  const matches = useMatches();
  const match = matches.find(({ handle }) => (handle as { range?: boolean } | undefined)?.range);
  const loaded = match?.data as { range?: ResolvedRange; zone?: string } | undefined;
  const converts = (match?.handle as { currency?: boolean } | undefined)?.currency === true;
  return loaded?.range ? { range: loaded.range, converts, ...(loaded.zone ? { zone: loaded.zone } : {}) } : null;
}

/** Whether another page is on its way. */
export const useIsLeaving = (): boolean => useNavigation().state === "loading";

/** Changes when a list starts anew: with it as key the page forgets its filters, which are no longer in the URL. */
export function useRestartKey(): number {
  const { pathname, search } = useLocation();
  const seen = useRef({ url: new URL(`${pathname}${search}`, "http://here"), key: 0 });
  const url = new URL(`${pathname}${search}`, "http://here");
  if (startsAnew(seen.current.url, url)) seen.current.key += 1;
  seen.current.url = url;
  return seen.current.key;
}
