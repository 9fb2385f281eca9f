import interUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  LiveReload,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunctionArgs,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { App as AntApp, ConfigProvider } from "antd";
import { type ReactNode, useEffect, useMemo } from "react";
import { failureOf } from "./failure";
import { preferenceCookie, SCHEME_COOKIE } from "./mode";
import { useNonce } from "./nonce";
import { isRereading, lookIsFresh, lookIsStale, useReread } from "./revalidate";
import { loadRoot, type RootData } from "./root.server";
import { activeBrandOf } from "./shell/place";
import { STYLE_MARKER } from "./style-marker";
import stylesUrl from "./styles.css";
import { cssVariables, themeOf } from "./theme";
import { NamedMeta } from "./ui/named-meta";
import { ErrorState } from "./ui/states";
import { Tips } from "./ui/tips";
import { ViewProvider } from "./ui/view";

const STYLE_ID = "tidemark-styles";

export const links: LinksFunction = () => [
  { rel: "preload", href: interUrl, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "stylesheet", href: stylesUrl },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [{ title: "Tidemark" }, { name: "robots", content: "noindex" }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadRoot(request, context);
}

export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const brandOf = ({ pathname, searchParams }: URL) => activeBrandOf(pathname, searchParams);
  if (lookIsStale() || brandOf(currentUrl) !== brandOf(nextUrl)) return true;
  const isPlainNavigation = currentUrl.href !== nextUrl.href && (!formMethod || formMethod === "GET");
  return isPlainNavigation && !isRereading() ? false : defaultShouldRevalidate;
}

const fallback: RootData = {
  mode: "light",
  choice: "system",
  locale: "en-GB",
  now: "1970-01-01T00:00:00.000Z",
  sheet: "",
  theme: null,
  rail: "wide",
};

// Antd believes that styles in this element exist; after a re-mount it must still hold the server's text.
const inlineStyles = (): string =>
  typeof document === "undefined" ? STYLE_MARKER : (document.getElementById(STYLE_ID)?.textContent ?? "");

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root") ?? fallback;
  const nonce = useNonce();
  const { mode, theme: brand } = root;
  const theme = useMemo(() => themeOf(brand, mode), [brand, mode]);
  const csp = useMemo(() => ({ nonce }), [nonce]);
  return (
    <html lang="en" data-mode={mode} style={cssVariables(brand, mode)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={mode} />
        <NamedMeta name={brand?.productName ?? null} />
        <Links />
        {root.sheet ? <link rel="stylesheet" href={root.sheet} /> : null}
        {/* biome-ignore-start lint/security/noDangerouslySetInnerHtml: styles are text of our own making */}
        <style
          id={STYLE_ID}
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: inlineStyles() }}
        />
        {/* biome-ignore-end lint/security/noDangerouslySetInnerHtml: styles are text of our own making */}
      </head>
      <body>
        <ConfigProvider theme={theme} csp={csp} wave={{ disabled: true }}>
          <AntApp component={false}>
            <ViewProvider locale={root.locale} now={root.now} mode={mode}>
              {children}
              <Tips />
            </ViewProvider>
          </AntApp>
        </ConfigProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
        <LiveReload nonce={nonce} />
      </body>
    </html>
  );
}

/** Follows the system's mode where the browser cannot announce it in a header. */
function useSystemMode({ choice, mode }: Pick<RootData, "choice" | "mode">) {
  const revalidate = useReread();
  useEffect(() => {
    if (choice !== "system") return;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      const wanted = dark.matches ? "dark" : "light";
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
      document.cookie = preferenceCookie(SCHEME_COOKIE, wanted);
      if (wanted !== mode) revalidate();
    };
    follow();
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, [choice, mode, revalidate]);
}

export default function Root() {
  const root = useRouteLoaderData<typeof loader>("root");
  useSystemMode(root ?? fallback);
  useEffect(() => {
    if (root) lookIsFresh();
  }, [root]);
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main className="tm-alone">
      <ErrorState
        alone
        title={missing ? "There is no such page" : "This page could not be shown"}
        error={failureOf(error)}
        onRetry={() => window.location.reload()}
      />
    </main>
  );
}
