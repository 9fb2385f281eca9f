import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * A `shouldRevalidate` for pages whose lists fetch by themselves: a change of the query string runs the loader again only
 * when one of `params` changed. Writes and `revalidate()` run it as usual.
 */
export const keepsLoader =
  (...params: string[]): ShouldRevalidateFunction =>
  ({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }) => {
    if (formMethod && formMethod !== "GET") return defaultShouldRevalidate;
    if (currentUrl.pathname !== nextUrl.pathname || currentUrl.search === nextUrl.search)
      return defaultShouldRevalidate;
    return params.some((name) => currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name));
  };
