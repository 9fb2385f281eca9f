import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Select } from "antd";
import type { MouseEvent, ReactNode } from "react";
import { Link } from "~/providers/router";
import { formatNumber } from "./format";
import { PAGE_SIZES } from "./list-params";
import { useView } from "./view";

/** Lists count no further. */
export const MOST_COUNTED = 10_000;

export interface PagerProps {
  page: number;
  pageSize: number;
  total: number;
  /** The server counts no further: beyond it there are "10,000+". */
  mostCounted?: number;
  /** The noun of the rows, in the plural. */
  what: string;
  hrefOf(page: number): string;
  onPage(page: number, pageSize?: number): void;
}

/** The pages to offer: first, last, and those around the current one; null is a gap. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, last].filter((one) => one >= 1 && one <= last);
  const pages = [...new Set(near)].sort((a, b) => a - b);
  return pages.flatMap((one, index) => {
    const before = pages[index - 1];
    if (before === undefined || one - before === 1) return [one];
    return one - before === 2 ? [one - 1, one] : [null, one];
  });
}

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function PageLink(props: { to: number; pager: PagerProps; label: string; children: ReactNode; current?: boolean }) {
  const { to, pager, label, children, current = false } = props;
  const onClick = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    pager.onPage(to);
  };
  return (
    <Link
      to={pager.hrefOf(to)}
      onClick={onClick}
      aria-label={label}
      {...(current ? { "aria-current": "page" as const } : {})}
    >
      {children}
    </Link>
  );
}

/** Pages as real links: a middle click opens page 3 in a new tab. */
export function Pager(pager: PagerProps) {
  const { page, pageSize, what, onPage, mostCounted = MOST_COUNTED } = pager;
  const more = pager.total > mostCounted;
  const total = Math.min(pager.total, mostCounted);
  const { locale } = useView();
  const last = Math.max(1, Math.ceil(total / pageSize));
  const number = (value: number) => formatNumber(value, { locale });
  const sizes = [...new Set([...PAGE_SIZES, pageSize])].sort((a, b) => a - b);
  const first = Math.min(total, (page - 1) * pageSize + 1);
  return (
    <div className="tm-pager">
      <span className="tm-figure" aria-live="polite">
        {number(first)}–{number(Math.min(total, page * pageSize))} of {number(total)}
        {more ? "+" : ""} {what}
      </span>
      <span className="tm-spring" />
      {total > (PAGE_SIZES[0] ?? 0) ? (
        <Select
          size="small"
          aria-label="Rows per page"
          value={pageSize}
          options={sizes.map((size) => ({ value: size, label: `${size} a page` }))}
          onChange={(size) => onPage(1, size)}
        />
      ) : null}
      {last > 1 ? (
        <nav aria-label={`Pages of ${what}`}>
          {page > 1 ? (
            <PageLink to={page - 1} pager={pager} label="Previous page">
              <LeftOutlined aria-hidden />
            </PageLink>
          ) : null}
          {pagesAround(page, last).map((one, index) =>
            one === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a gap has no other name than its place
              <span key={`gap-${index}`}>…</span>
            ) : (
              <PageLink key={one} to={one} pager={pager} label={`Page ${one}`} current={one === page}>
                {number(one)}
              </PageLink>
            ),
          )}
          {page < last ? (
            <PageLink to={page + 1} pager={pager} label="Next page">
              <RightOutlined aria-hidden />
            </PageLink>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}
