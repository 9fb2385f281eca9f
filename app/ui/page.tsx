import { Breadcrumb } from "antd";
import type { ReactNode } from "react";
import { Link } from "~/providers/router";

export interface PageProps {
  title: ReactNode;
  /** One line saying what this is. */
  description?: ReactNode;
  /** The state of the thing, on the right: a StatusTag, "data as of". */
  state?: ReactNode;
  /** The one primary action, with at most a few quiet ones before it. */
  action?: ReactNode;
  /** The way here, without the page itself. */
  trail?: { label: string; to: string }[];
  /** `reading` keeps lines at most 1440 px wide; `full` is for tables. */
  width?: "reading" | "full";
  children: ReactNode;
}

/** A page's header and body. Has the page's only h1. */
export function Page({ title, description, state, action, trail, width = "reading", children }: PageProps) {
  return (
    <div className={`tm-page tm-page-${width}`}>
      {trail ? (
        <nav aria-label="Breadcrumb">
          <Breadcrumb items={trail.map(({ label, to }) => ({ key: to, title: <Link to={to}>{label}</Link> }))} />
        </nav>
      ) : null}
      <header className="tm-page-header">
        <div className="tm-page-words">
          <h1>{title}</h1>
          {description ? <p>{description}</p> : null}
        </div>
        {state || action ? (
          <div className="tm-page-side">
            {state}
            {action}
          </div>
        ) : null}
      </header>
      {children}
    </div>
  );
}

/** A part of a page under an h2, set off by space and a hairline. */
export function Section({ title, side, children }: { title: ReactNode; side?: ReactNode; children: ReactNode }) {
  return (
    <section className="tm-section">
      <header>
        <h2>{title}</h2>
        {side}
      </header>
      {children}
    </section>
  );
}

/** Names and values, one pair a line. */
export function Facts({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="tm-facts">
      {items.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
