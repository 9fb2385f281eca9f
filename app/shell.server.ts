import { type AppLoadContext, redirect } from "@remix-run/node";
import type { Viewer } from "#server/workspace/contract";
import { orFailure } from "./page-data.server";

/** The signed-in viewer; anyone else is sent to sign in and brought back here after. */
export async function requireViewer(request: Request, context: AppLoadContext): Promise<Viewer> {
  const viewer = await orFailure(context, () => context.viewer());
  if (viewer) return viewer;
  const { pathname, search } = new URL(request.url);
  const to = `${pathname}${search}`;
  throw redirect(to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);
}
