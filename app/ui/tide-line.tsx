// The signature: a 2 px line under every number Amazon can still restate, filled to its maturity.
import type { CSSProperties, ReactNode } from "react";
import { formatDay, formatPercent } from "./format";
import { useView } from "./view";

export interface Maturity {
  /** How settled the number is, 0 to 1; 1 is final. */
  settled: number;
  /** The last report day in the number, `YYYY-MM-DD`. */
  dataTo?: string;
  /** The zone of the report days, as IANA name. */
  zone?: string;
  /** The final value that is expected, already formatted: "1.18–1.24". */
  expected?: string;
}

export function maturityWords(maturity: Maturity, locale: string): string {
  const { settled, expected, dataTo, zone } = maturity;
  const parts = [
    settled >= 1 ? "final" : `${formatPercent(Math.min(settled, 0.99), { locale, decimals: 0 })} settled`,
    expected && settled < 1 ? `final expected ${expected}` : null,
    dataTo ? `data to ${formatDay(dataTo, { locale, year: false })}${zone ? `, ${zone}` : ""}` : null,
  ];
  return parts.filter(Boolean).join(" · ");
}

export interface TideLineProps {
  maturity?: Maturity | null | undefined;
  /** `right` is the mark at the right edge of a table cell; it is no tab stop, or a table would have hundreds. */
  edge?: "under" | "right";
  children: ReactNode;
}

/** Draws the tide line at its child, with the words on hover and focus. Without `maturity` just the child. */
export function TideLine({ maturity, edge = "under", children }: TideLineProps) {
  const { locale } = useView();
  if (!maturity) return <>{children}</>;
  const words = maturityWords(maturity, locale);
  const share = Math.round(Math.max(0, Math.min(1, maturity.settled)) * 100);
  return (
    <span
      className={`tm-tide tm-tide-${edge}`}
      style={{ "--tm-settled": `${share}%` } as CSSProperties}
      data-tip={words}
      {...(edge === "under" ? { tabIndex: 0 } : {})}
    >
      {children}
      <span className="tm-unseen">, {words}</span>
    </span>
  );
}
