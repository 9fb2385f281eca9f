import { type ShouldRevalidateFunction, useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

/** A reading that was asked for and is not over. A change of the query string that comes in between must not swallow it. */
const reading = { wanted: false };

/** A theme was published since the root was loaded: the next navigation brings it. */
const look = { stale: false };

export const lookChanged = (): void => {
  look.stale = true;
};
export const lookIsStale = (): boolean => look.stale;
export const lookIsFresh = (): void => {
  look.stale = false;
};

/** Runs the loaders of the page again, also those that `keepsLoader` holds back. */
export function useReread(): () => void {
  const { revalidate, state } = useRevalidator();
  const navigation = useNavigation();
  const isOver = state === "idle" && navigation.state === "idle";
  const over = useRef(isOver);
  const again = useRef(false);
  useEffect(() => {
    over.current = isOver;
    if (!isOver) return;
    reading.wanted = again.current;
    if (again.current) revalidate();
    again.current = false;
  }, [isOver, revalidate]);
  return useCallback(() => {
    reading.wanted = true;
    // To ask in between would cut off the reading that is under way: it is asked for once more afterwards.
    if (over.current) revalidate();
    else again.current = true;
  }, [revalidate]);
}

/** Whether loaders were asked to run again and have not yet: a `shouldRevalidate` must not hold them back then. */
export const isRereading = (): boolean => reading.wanted;

/** Whether a list's URL lost its page: lists always keep one there, so the person followed a link to the bare list. */
export const startsAnew = (from: URL, to: URL): boolean =>
  from.pathname === to.pathname && from.searchParams.has("currentPage") && !to.searchParams.has("currentPage");

/**
 * A `shouldRevalidate` for pages whose lists fetch by themselves: a change of the query string runs the loader again only
 * when one of `params` changed, or when the list starts anew (its page left the URL). Writes and `useReread` run it as usual.
 */
export const keepsLoader =
  (...params: string[]): ShouldRevalidateFunction =>
  ({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }) => {
    if (reading.wanted || (formMethod && formMethod !== "GET")) return defaultShouldRevalidate;
    if (currentUrl.pathname !== nextUrl.pathname || currentUrl.search === nextUrl.search)
      return defaultShouldRevalidate;
    if (startsAnew(currentUrl, nextUrl)) return true;
    return params.some((name) => currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name));
  };
