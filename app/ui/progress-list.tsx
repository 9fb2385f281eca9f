import type { ReactNode } from "react";
import { formatPercent } from "./format";
import { type Signal, StatusTag } from "./status-tag";
import { useView } from "./view";

export interface ProgressItem {
  key: string;
  label: ReactNode;
  /** 0 to 1, or null while the amount of work is not known. */
  share: number | null;
  signal: Signal;
  /** The state as one word. */
  state: string;
  /** What is happening, in words: "62 of 95 days". */
  words: ReactNode;
  /** The name for screen readers, where `label` is not plain text. */
  name: string;
  action?: ReactNode;
}

/** Rows of work: a bar, and the same in words. Changes are announced. */
export function ProgressList({ items, label }: { items: ProgressItem[]; label: string }) {
  const { locale } = useView();
  return (
    <ul className="tm-progress" aria-label={label} aria-live="polite" aria-relevant="text">
      {items.map(({ key, name, share, signal, state, words, action, ...item }) => (
        <li key={key}>
          <div className="tm-progress-head">
            <span className="tm-progress-label">{item.label}</span>
            <StatusTag signal={signal}>{state}</StatusTag>
          </div>
          <div
            className="tm-bar"
            role="progressbar"
            aria-label={name}
            aria-valuemin={0}
            aria-valuemax={100}
            {...(share === null ? {} : { "aria-valuenow": Math.round(share * 100) })}
            data-unknown={share === null}
            data-signal={signal}
          >
            <span style={{ width: `${(share ?? 0) * 100}%` }} />
          </div>
          <div className="tm-progress-foot">
            <span>{words}</span>
            <span className="tm-figure">{share === null ? "" : formatPercent(share, { locale, decimals: 0 })}</span>
            {action}
          </div>
        </li>
      ))}
    </ul>
  );
}
