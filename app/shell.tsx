// The layout of every signed-in page. Its loader is the only session gate for pages.

import type { LoaderFunctionArgs } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { Fragment } from "react";
import { failureOf } from "./failure";
import { Providers } from "./providers";
import { useNews } from "./providers/live";
import { isRereading, lookChanged, useReread } from "./revalidate";
import { Frame, SetUpFrame } from "./shell/frame";
import { useRestartKey } from "./shell/use-place";
import { ViewerContext } from "./shell/viewer";
import { pagePlacesOf, requireViewer } from "./shell.server";
import { ErrorState, NoPermission } from "./ui/states";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { viewer, pages: await pagePlacesOf(viewer, context) };
}

export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  const isSearchOnly = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  const isPlain = isSearchOnly && (!formMethod || formMethod === "GET");
  return isPlain && !isRereading() ? false : defaultShouldRevalidate;
}

export default function Shell() {
  const restartKey = useRestartKey();
  useNews(["themes"], lookChanged);
  const { viewer } = useRouteLoaderData<typeof loader>("shell") ?? {};
  if (!viewer) return null;
  const Surround = viewer.secondFactorMissing ? SetUpFrame : Frame;
  return (
    <ViewerContext.Provider value={viewer}>
      <Providers viewer={viewer}>
        <Surround viewer={viewer}>
          <Fragment key={restartKey}>
            <Outlet />
          </Fragment>
        </Surround>
      </Providers>
    </ViewerContext.Provider>
  );
}

function Trouble({ agency }: { agency: string | undefined }) {
  const error = useRouteError();
  const revalidate = useReread();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  if (status === 403)
    return <NoPermission alone what="this page" who={`an owner or admin${agency ? ` of ${agency}` : ""}`} />;
  // Only a fresh load leaves an error of rendering; a loader's error goes away when it runs again.
  const retry = isRouteErrorResponse(error) ? revalidate : () => window.location.reload();
  const title = status === 404 ? "There is no such page" : undefined;
  return <ErrorState alone error={failureOf(error)} onRetry={retry} {...(title ? { title } : {})} />;
}

/** Errors of pages are shown inside the frame, so that one can go elsewhere. */
export function ErrorBoundary() {
  const { viewer } = useRouteLoaderData<typeof loader>("shell") ?? {};
  if (!viewer) {
    return (
      <main className="tm-alone">
        <Trouble agency={undefined} />
      </main>
    );
  }
  return (
    <ViewerContext.Provider value={viewer}>
      <Providers viewer={viewer}>
        <Frame viewer={viewer}>
          <Trouble agency={viewer.agency.name} />
        </Frame>
      </Providers>
    </ViewerContext.Provider>
  );
}
