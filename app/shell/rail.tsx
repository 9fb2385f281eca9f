import { EllipsisOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from "@ant-design/icons";
import { useRouteLoaderData } from "@remix-run/react";
import { Drawer } from "antd";
import { useState } from "react";
import type { Viewer } from "#server/workspace/contract";
import type { Destination } from "~/destinations";
import { preferenceCookie, RAIL_COOKIE } from "~/mode";
import { Link } from "~/providers/router";
import { isWithin } from "~/resources";
import type { RootData } from "~/root.server";
import { BrandSign, useProductName } from "~/ui/brand-sign";
import { useDestinations } from "./use-destinations";
import { usePlace } from "./use-place";

/** How many places fit the bottom bar besides "More". */
const BAR_PLACES = 3;

function Places({ items, onGo }: { items: Destination[]; onGo?: () => void }) {
  const { pathname, linkTo } = usePlace();
  return (
    <ul>
      {items.map((item) => (
        <li key={item.name}>
          <Link
            to={linkTo(item.paths.list)}
            prefetch="intent"
            aria-current={isWithin(pathname, item) ? "page" : undefined}
            {...(onGo ? { onClick: onGo } : {})}
          >
            <span aria-hidden="true">{item.icon}</span>
            <span className="tm-rail-word">{item.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Group({ title, items }: { title: string; items: Destination[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h2 className="tm-rail-group">{title}</h2>
      <Places items={items} />
    </>
  );
}

/** The left rail: icons and words, or icons alone. The choice is kept in a cookie, so that the server draws it so. */
export function Rail({ viewer }: { viewer: Viewer }) {
  const root = useRouteLoaderData("root") as RootData | undefined;
  const [narrow, setNarrow] = useState(root?.rail === "narrow");
  const { linkTo } = usePlace();
  const productName = useProductName();
  const places = useDestinations(viewer);
  const toggle = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
    document.cookie = preferenceCookie(RAIL_COOKIE, narrow ? "wide" : "narrow");
    setNarrow(!narrow);
  };
  return (
    <nav className="tm-rail" data-narrow={narrow} aria-label="Main">
      <Link to={linkTo("/")} className="tm-rail-home" aria-label={`${productName}, home`}>
        <BrandSign />
        <span className="tm-rail-word">
          <strong>{productName}</strong>
          <small>{viewer.agency.name}</small>
        </span>
      </Link>
      <div className="tm-rail-places">
        <Places items={places.filter(({ group }) => group === "main")} />
        <Group title="AMC" items={places.filter(({ group }) => group === "amc")} />
        <Group title="Amazon" items={places.filter(({ group }) => group === "amazon")} />
        <Group title="Admin" items={places.filter(({ group }) => group === "admin")} />
      </div>
      <button type="button" className="tm-rail-fold" onClick={toggle} aria-expanded={!narrow}>
        {narrow ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
        <span className="tm-rail-word">{narrow ? "Widen" : "Collapse"}</span>
      </button>
    </nav>
  );
}

/** The rail at narrow width: the first places, and a drawer with all. */
export function BottomBar({ viewer }: { viewer: Viewer }) {
  const [open, setOpen] = useState(false);
  const places = useDestinations(viewer);
  const close = () => setOpen(false);
  return (
    <nav className="tm-bottom" aria-label="Main, narrow">
      <Places items={places.slice(0, BAR_PLACES)} />
      <button type="button" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <EllipsisOutlined aria-hidden />
        <span>More</span>
      </button>
      <Drawer open={open} onClose={close} placement="bottom" title="All pages" height="auto">
        <div className="tm-all-places">
          <Places items={places} onGo={close} />
        </div>
      </Drawer>
    </nav>
  );
}
