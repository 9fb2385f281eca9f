// Drawings on a canvas. The code that draws comes after the page.
import { type ComponentType, lazy, Suspense } from "react";
import { useHydrated } from "./view";

type Drawn = ComponentType<Record<string, unknown>>;

export const lazyDrawing = (name: keyof typeof import("./charts-bundle.client")): Drawn =>
  lazy(async () => ({ default: (await import("./charts-bundle.client"))[name] as unknown as Drawn }));

const Bone = () => <span className="tm-bone tm-chart-bone" />;

/** `of` is made by `lazyDrawing`, `config` what @ant-design/charts is told. */
export function Drawing({ of: Drawn, config }: { of: Drawn; config: Record<string, unknown> }) {
  return useHydrated() ? (
    <Suspense fallback={<Bone />}>
      <Drawn {...config} />
    </Suspense>
  ) : (
    <Bone />
  );
}
