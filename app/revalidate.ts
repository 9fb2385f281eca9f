import type { ShouldRevalidateFunction } from "@remix-run/react";

/** Whether a list's URL lost its page: lists always keep one there, so the person followed a link to the bare list. */
export const startsAnew = (from: URL, to: URL): boolean =>
  from.pathname === to.pathname && from.searchParams.has("currentPage") && !to.searchParams.has("currentPage");

/**
 * A `shouldRevalidate` for pages whose lists fetch by themselves: a change of the query string runs the loader again only
 * when one of `params` changed, or when the list starts anew (its page left the URL). Writes and `revalidate()` run it as usual.
 */
export const keepsLoader =
  (...params: string[]): ShouldRevalidateFunction =>
  ({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }) => {
    if (formMethod && formMethod !== "GET") return defaultShouldRevalidate;
    if (currentUrl.pathname !== nextUrl.pathname || currentUrl.search === nextUrl.search)
      return defaultShouldRevalidate;
    if (startsAnew(currentUrl, nextUrl)) return true;
    return params.some((name) => currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name));
  };
