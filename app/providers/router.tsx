// Refine's router on Remix, and the only door of components to Remix's navigation.
import {
  type GoConfig,
  type IResourceItem,
  matchResourceFromRoute,
  type ParseResponse,
  ResourceContext,
  type RouterProvider,
} from "@refinedev/core";
import {
  matchPath,
  Link as RemixLink,
  useBeforeUnload,
  useBlocker,
  useHref,
  useLinkClickHandler,
  useLocation,
  useNavigate,
  useNavigation,
  useParams,
  useSearchParams,
} from "@remix-run/react";
import { type ComponentProps, forwardRef, useCallback, useContext, useEffect, useRef } from "react";
import { isViewParam } from "~/ui/date-range";
import { parseQuery, stringifyQuery } from "~/ui/list-params";

interface Place {
  pathname: string;
  search: string;
  hash: string;
}

/** The path `go` leads to, from where one is. */
export function targetOf({ to, query, hash, options }: GoConfig, from: Place): string {
  const kept = options?.keepQuery ? parseQuery(from.search) : {};
  const search = stringifyQuery({ ...kept, ...query });
  const fragment = (hash ?? (options?.keepHash ? from.hash : "")).replace(/^#/, "");
  return `${to ?? from.pathname}${search ? `?${search}` : ""}${fragment ? `#${fragment}` : ""}`;
}

const numberOrNothing = (raw: unknown): number | undefined => {
  const number = Number(raw);
  return raw !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
};

/** What Refine wants to know of a place: resource, action, id, and the state of the list. */
export function parsePlace(
  { pathname, search }: Pick<Place, "pathname" | "search">,
  resources: IResourceItem[],
  routeParams: Record<string, string | undefined> = {},
): ParseResponse {
  const { resource, action, matchedRoute } = matchResourceFromRoute(pathname, resources);
  // In a layout route the params of its children are not known yet.
  const matched = matchedRoute ? matchPath(matchedRoute, pathname)?.params : undefined;
  const id = routeParams.id ?? matched?.id;
  const query = parseQuery(search);
  return {
    ...(resource ? { resource } : {}),
    ...(action ? { action } : {}),
    ...(id ? { id: decodeURIComponent(id) } : {}),
    pathname,
    params: {
      ...matched,
      ...routeParams,
      ...query,
      currentPage: numberOrNothing(query.currentPage),
      pageSize: numberOrNothing(query.pageSize),
    },
  };
}

type RouteParams = Parameters<typeof parsePlace>[2];
type Parsed = Pick<Place, "pathname" | "search"> & { params: RouteParams; answer: ParseResponse };
const latest = new WeakMap<IResourceItem[], Parsed>();

/** Every hook of Refine asks, some fifty on a page, and each answer goes through all resources: the latest is kept. */
function placeNow(
  { pathname, search }: Pick<Place, "pathname" | "search">,
  resources: IResourceItem[],
  params: RouteParams,
): ParseResponse {
  const known = latest.get(resources);
  if (known?.pathname === pathname && known.search === search && known.params === params) return known.answer;
  const answer = parsePlace({ pathname, search }, resources, params);
  latest.set(resources, { pathname, search, params, answer });
  return answer;
}

export const routerProvider: RouterProvider = {
  go: () => {
    const shown = useLocation();
    const coming = useNavigation().location;
    const navigate = useNavigate();
    const { pathname, search, hash } = coming?.pathname === shown.pathname ? coming : shown;
    const isLeaving = coming !== undefined && coming.pathname !== pathname;
    return useCallback(
      (config: GoConfig) => {
        const target = targetOf(config, { pathname, search, hash });
        if (config.type === "path") return target;
        const stays = !config.to || config.to === pathname;
        if (stays && target === `${pathname}${search}${hash}`) return;
        // A list that writes its state into the address must not call back who is on the way elsewhere.
        if (stays && isLeaving) return;
        navigate(target, { replace: config.type === "replace", preventScrollReset: stays });
      },
      [pathname, search, hash, isLeaving, navigate],
    );
  },
  back: () => {
    const navigate = useNavigate();
    return useCallback(() => navigate(-1), [navigate]);
  },
  parse: () => {
    const params = useParams();
    const { pathname, search } = useLocation();
    const { resources } = useContext(ResourceContext);
    return useCallback(
      () => placeNow({ pathname, search }, resources, params) as never,
      [pathname, search, resources, params],
    );
  },
  Link: forwardRef<HTMLAnchorElement, ComponentProps<typeof RemixLink>>(function RefineLink(props, ref) {
    return <RemixLink {...props} ref={ref} />;
  }) as NonNullable<RouterProvider["Link"]>,
};

/** A link inside the product. Never give it a path a person typed. */
export const Link = RemixLink;

/** What makes an anchor of other make a link inside the product. */
export const useLinkTo = (to: string) => ({
  href: useHref(to),
  onClick: useLinkClickHandler<HTMLElement & HTMLAnchorElement>(to),
});

type Values = Record<string, string | null>;

/** Sets parameters of the URL that is, or is on its way: what a list wrote there a moment ago is in no render yet, and must not be lost. */
function useParamsSetter(replace: boolean): [URLSearchParams, (values: Values) => void] {
  const [params, setParams] = useSearchParams();
  const coming = useNavigation().location;
  const set = useCallback(
    (values: Values) => {
      const { pathname, search } = window.location;
      const next = new URLSearchParams(coming?.pathname === pathname ? coming.search : search);
      for (const [name, value] of Object.entries(values)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      // Other days or another currency are another list: its first page is shown.
      if (next.has("currentPage") && Object.keys(values).some(isViewParam)) next.set("currentPage", "1");
      setParams(next, { replace, preventScrollReset: true });
    },
    [setParams, coming, replace],
  );
  return [params, set];
}

/** One parameter of the URL as state. Setting replaces the entry in the history, null removes it. */
export function useUrlParam(name: string): [string | null, (value: string | null) => void] {
  const [params, setParams] = useParamsSetter(true);
  return [params.get(name), useCallback((value) => setParams({ [name]: value }), [name, setParams])];
}

/** Sets several parameters at once, as a new entry in the history. */
export const useUrlParams = () => useParamsSetter(false);

/**
 * Asks before the page is left with something unsaved. `ask` gets what to do when the person goes all the same.
 * @returns lets go: the page may be left, since what was unsaved is saved or gone
 */
export function useLeaveGuard(unsaved: boolean, ask: (answer: { leave(): void; stay(): void }) => void): () => void {
  const free = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && !free.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload(
    useCallback(
      (event) => {
        if (unsaved && !free.current) event.preventDefault();
      },
      [unsaved],
    ),
  );
  const isBlocked = blocker.state === "blocked";
  // biome-ignore lint/correctness/useExhaustiveDependencies: one question for each attempt to leave
  useEffect(() => {
    if (blocker.state === "blocked") ask({ leave: () => blocker.proceed(), stay: () => blocker.reset() });
  }, [isBlocked]);
  return useCallback(() => {
    free.current = true;
  }, []);
}
