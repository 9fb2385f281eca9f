import { createContext, useContext } from "react";
import type { Viewer } from "#server/workspace/contract";

export const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person; only inside the shell. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer is for pages inside the shell");
  return viewer;
}
