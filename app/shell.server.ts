import { type AppLoadContext, redirect } from "@remix-run/node";
import { listPagePlaces } from "#server/pages";
import type { PagePlace } from "#server/pages/contract";
import type { Viewer } from "#server/workspace/contract";
import { orFailure, readPage } from "./page-data.server";

/** The signed-in viewer; who lacks a second factor is led to set one up, anyone else to sign in and back here. */
export async function requireViewer(request: Request, context: AppLoadContext): Promise<Viewer> {
  const viewer = await orFailure(context, () => context.viewer());
  const { pathname, search } = new URL(request.url);
  if (viewer?.secondFactorMissing && pathname !== "/profile") throw redirect("/profile");
  if (viewer) return viewer;
  const to = `${pathname}${search}`;
  throw redirect(to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);
}

/** The agency's own pages that the viewer finds in the navigation. */
export async function pagePlacesOf(viewer: Viewer, context: AppLoadContext): Promise<PagePlace[]> {
  return viewer.secondFactorMissing ? [] : readPage(context, (ctx) => ctx.tx(listPagePlaces));
}
