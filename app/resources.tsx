// What people can go to: one list makes the rail, the command palette and Refine's resources.
import {
  ApartmentOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BellOutlined,
  BgColorsOutlined,
  DollarOutlined,
  EditOutlined,
  FileSearchOutlined,
  FileTextOutlined,
  FunctionOutlined,
  FundOutlined,
  HeartOutlined,
  HistoryOutlined,
  HomeOutlined,
  IdcardOutlined,
  KeyOutlined,
  NotificationOutlined,
  ProfileOutlined,
  SafetyOutlined,
  SwapOutlined,
  SyncOutlined,
  TableOutlined,
  TeamOutlined,
  ThunderboltOutlined,
} from "@ant-design/icons";
import type { IResourceItem } from "@refinedev/core";
import type { ReactNode } from "react";
import type { PagePlace } from "#server/pages/contract";
import type { Viewer } from "#server/workspace/contract";
import { can } from "./providers/access-control";

export interface Destination {
  /** The REST resource. */
  name: string;
  label: string;
  icon: ReactNode;
  group: "main" | "amazon" | "admin" | "profile";
  paths: { list: string; show?: string; create?: string; edit?: string };
  /** The noun of the permission; a page without one is open to everyone signed in. */
  noun?: string;
  /** What of it the page needs; to read it where left out. */
  act?: "write";
  /** The key after `g` that goes there. */
  goKey?: string;
}

export const destinations: Destination[] = [
  { name: "home", label: "Home", icon: <HomeOutlined />, group: "main", paths: { list: "/" }, goKey: "h" },
  {
    name: "agency-dashboard",
    label: "Performance",
    icon: <FundOutlined />,
    group: "main",
    paths: { list: "/performance" },
    noun: "insights",
    goKey: "o",
  },
  {
    name: "brands",
    label: "Brands",
    icon: <AppstoreOutlined />,
    group: "main",
    paths: { list: "/brands", show: "/brands/:id" },
    noun: "brands",
    goKey: "b",
  },
  {
    name: "campaigns",
    label: "Campaigns",
    icon: <NotificationOutlined />,
    group: "main",
    paths: { list: "/campaigns", show: "/campaigns/:id" },
    noun: "campaigns",
    goKey: "c",
  },
  {
    name: "change-sets",
    label: "Changes",
    icon: <EditOutlined />,
    group: "main",
    paths: { list: "/changes", show: "/changes/:id" },
    noun: "changes",
    goKey: "e",
  },
  {
    name: "connections",
    label: "Connections",
    icon: <ApiOutlined />,
    group: "amazon",
    paths: { list: "/connections", show: "/connections/:id" },
    noun: "connections",
    goKey: "n",
  },
  {
    name: "consents",
    label: "Consent map",
    icon: <ApartmentOutlined />,
    group: "amazon",
    paths: { list: "/consents" },
    noun: "connections",
    goKey: "m",
  },
  {
    name: "accounts",
    label: "Accounts",
    icon: <ProfileOutlined />,
    group: "amazon",
    paths: { list: "/accounts", show: "/accounts/:id" },
    noun: "accounts",
    goKey: "a",
  },
  {
    name: "sync-runs",
    label: "Data sync",
    icon: <SyncOutlined />,
    group: "amazon",
    paths: { list: "/sync" },
    noun: "accounts",
    goKey: "d",
  },
  {
    name: "restatements",
    label: "What moved",
    icon: <HistoryOutlined />,
    group: "amazon",
    paths: { list: "/restatements" },
    noun: "insights",
  },
  {
    name: "custom-reports",
    label: "Custom reports",
    icon: <FileSearchOutlined />,
    group: "amazon",
    paths: { list: "/custom-reports", show: "/custom-reports/:id" },
    noun: "reports",
  },
  {
    name: "metrics",
    label: "Metrics",
    icon: <FunctionOutlined />,
    group: "amazon",
    paths: { list: "/metrics" },
    noun: "insights",
  },
  {
    name: "currency-rates",
    label: "Exchange rates",
    icon: <DollarOutlined />,
    group: "amazon",
    paths: { list: "/rates" },
    noun: "insights",
  },
  {
    name: "amazon-calls",
    label: "Calls to Amazon",
    icon: <SwapOutlined />,
    group: "amazon",
    paths: { list: "/calls" },
    noun: "calls",
    goKey: "k",
  },
  {
    name: "members",
    label: "People",
    icon: <TeamOutlined />,
    group: "admin",
    paths: { list: "/people", show: "/people/:id" },
    noun: "members",
    goKey: "p",
  },
  {
    name: "sign-in-rules",
    label: "Agency",
    icon: <BankOutlined />,
    group: "admin",
    paths: { list: "/agency" },
    noun: "agency",
  },
  {
    name: "api-keys",
    label: "API keys",
    icon: <KeyOutlined />,
    group: "admin",
    paths: { list: "/api-keys" },
    noun: "keys",
  },
  {
    name: "themes",
    label: "Themes",
    icon: <BgColorsOutlined />,
    group: "admin",
    paths: { list: "/themes", show: "/themes/:id" },
    noun: "themes",
    goKey: "t",
  },
  {
    name: "roles",
    label: "Roles",
    icon: <SafetyOutlined />,
    group: "admin",
    paths: { list: "/roles" },
    noun: "roles",
    goKey: "r",
  },
  {
    name: "custom-pages",
    label: "Custom pages",
    icon: <TableOutlined />,
    group: "admin",
    paths: { list: "/custom-pages", show: "/pages/:id" },
    noun: "pages",
    act: "write",
  },
  {
    name: "custom-actions",
    label: "Custom actions",
    icon: <ThunderboltOutlined />,
    group: "admin",
    paths: { list: "/custom-actions" },
    noun: "actions",
  },
  {
    name: "audit-events",
    label: "Audit",
    icon: <AuditOutlined />,
    group: "admin",
    paths: { list: "/audit" },
    noun: "audit",
  },
  {
    name: "health",
    label: "Health",
    icon: <HeartOutlined />,
    group: "admin",
    paths: { list: "/health" },
    noun: "health",
  },
  { name: "messages", label: "Inbox", icon: <BellOutlined />, group: "profile", paths: { list: "/inbox" } },
  { name: "exports", label: "Exports", icon: <FileTextOutlined />, group: "profile", paths: { list: "/exports" } },
  { name: "profile", label: "Profile", icon: <IdcardOutlined />, group: "profile", paths: { list: "/profile" } },
];

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

/** Whether `pathname` lies in a destination. Home is only itself. */
export const isWithin = (pathname: string, { paths }: Destination): boolean =>
  paths.list === "/" ? pathname === "/" : pathname === paths.list || pathname.startsWith(`${paths.list}/`);
