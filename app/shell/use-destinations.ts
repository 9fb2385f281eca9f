import { useRouteLoaderData } from "@remix-run/react";
import type { Viewer } from "#server/workspace/contract";
import type { Destination } from "~/destinations";
import { destinationsFor } from "~/resources";
import type { loader } from "~/shell";

/** Where the viewer may go, the agency's own pages among it. */
export function useDestinations(viewer: Viewer): Destination[] {
  const shell = useRouteLoaderData<typeof loader>("shell");
  return destinationsFor(viewer, shell?.pages);
}
