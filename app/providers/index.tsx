// Refine for the signed-in pages: data, access, live news, notices and router in one place.
import { Refine } from "@refinedev/core";
import { type ReactNode, useMemo } from "react";
import type { Viewer } from "#server/workspace/contract";
import { refineResources } from "~/resources";
import { createAccessControl } from "./access-control";
import { createDataProvider } from "./data";
import { liveProvider } from "./live";
import { useNoticeProvider } from "./notice";
import { routerProvider } from "./router";

/** Seeds are fresh this long, so that a page does not ask again for what its loader just read. */
const STALE_MS = 10_000;
const UNDO_MS = 5_000;

const options = {
  disableTelemetry: true,
  syncWithLocation: true,
  warnWhenUnsavedChanges: false,
  liveMode: "auto" as const,
  mutationMode: "pessimistic" as const,
  undoableTimeout: UNDO_MS,
  reactQuery: {
    clientConfig: { defaultOptions: { queries: { staleTime: STALE_MS, retry: 1, refetchOnWindowFocus: false } } },
  },
};

export function Providers({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const dataProvider = useMemo(() => createDataProvider(), []);
  const accessControlProvider = useMemo(() => createAccessControl(viewer), [viewer]);
  const notificationProvider = useNoticeProvider();
  return (
    <Refine
      dataProvider={dataProvider}
      routerProvider={routerProvider}
      accessControlProvider={accessControlProvider}
      liveProvider={liveProvider}
      notificationProvider={notificationProvider}
      resources={refineResources}
      options={options}
    >
      {children}
    </Refine>
  );
}
