// Drawers whose code comes when they are first opened.
import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";

export function lazyDrawer<P extends { open: boolean }>(load: () => Promise<{ default: ComponentType<P> }>) {
  const Body = lazy(load) as unknown as ComponentType<P>;
  return function LazyDrawer(props: P) {
    const [wasOpened, setWasOpened] = useState(false);
    useEffect(() => {
      if (props.open) setWasOpened(true);
    }, [props.open]);
    return wasOpened ? (
      <Suspense fallback={null}>
        <Body {...props} />
      </Suspense>
    ) : null;
  };
}
