import type { ReactNode } from "react";

interface ScrollRegionProps {
  /** What it is called by those who cannot see it. */
  name: string;
  className: string;
  children: ReactNode;
}

/** What may be wider or longer than its place: it scrolls, by keyboard too, and what is written in it for ears alone scrolls with it. */
export function ScrollRegion({ name, className, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={`tm-scroll ${className}`} tabIndex={0} aria-label={name}>
      {children}
    </section>
  );
}
