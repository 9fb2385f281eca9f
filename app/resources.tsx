// The list of destinations as Refine's resources, and as what a person may go to.
import { TableOutlined } from "@ant-design/icons";
import type { IResourceItem } from "@refinedev/core";
import type { PagePlace } from "#server/pages/contract";
import type { Viewer } from "#server/workspace/contract";
import { type Destination, destinations } from "./destinations";
import { can } from "./providers/access-control";

export const refineResources: IResourceItem[] = destinations.map(({ name, label, paths, noun }) => ({
  name,
  ...paths,
  meta: { label, ...(noun ? { permission: noun } : {}) },
}));

/** The places of the rail this person may go, in the order of the list; the agency's own pages after them. */
export const destinationsFor = (
  viewer: Pick<Viewer, "permissions">,
  pages: readonly PagePlace[] = [],
): Destination[] => [
  ...destinations.filter(
    ({ group, noun, act = "read" }) => group !== "profile" && (!noun || can(viewer, `${noun}.${act}`)),
  ),
  ...pages.flatMap(({ slug, title, menu }): Destination[] =>
    menu === "none"
      ? []
      : [
          {
            name: `page-${slug}`,
            label: title,
            icon: <TableOutlined />,
            group: menu,
            paths: { list: `/pages/${slug}` },
          },
        ],
  ),
];

const isUnder = (pathname: string, path: string): boolean =>
  path === "/" ? pathname === "/" : pathname === path || pathname.startsWith(`${path}/`);

/** Whether `pathname` lies in a destination, and in none that is further down. Home is only itself. */
export const isWithin = (pathname: string, { paths }: Destination): boolean =>
  isUnder(pathname, paths.list) &&
  !destinations.some(({ paths: { list } }) => list.length > paths.list.length && isUnder(pathname, list));
