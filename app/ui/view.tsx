// What every formatted value needs to know of the viewer, equal on the server and at hydration.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Mode } from "~/palette";

interface View {
  locale: string;
  now: Date;
  mode: Mode;
}

const TICK_MS = 30_000;
const ViewContext = createContext<View>({ locale: "en-GB", now: new Date(0), mode: "light" });

/** `now` is the server's moment of rendering; after hydration it follows the browser's clock. */
export function ViewProvider(props: { locale: string; now: string; mode: Mode; children: ReactNode }) {
  const { locale, mode, children } = props;
  const [now, setNow] = useState(() => new Date(props.now));
  useEffect(() => {
    const tick = () => setNow(new Date());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const view = useMemo(() => ({ locale, mode, now }), [locale, mode, now]);
  return <ViewContext.Provider value={view}>{children}</ViewContext.Provider>;
}

export const useView = (): View => useContext(ViewContext);

/** False on the server and during hydration. */
export function useHydrated(): boolean {
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  return hydrated;
}
