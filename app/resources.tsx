// What people can go to: one list makes the rail, the command palette and Refine's resources.
import {
  ApartmentOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BellOutlined,
  HeartOutlined,
  HomeOutlined,
  IdcardOutlined,
  NotificationOutlined,
  ProfileOutlined,
  SwapOutlined,
  SyncOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { IResourceItem } from "@refinedev/core";
import type { ReactNode } from "react";
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
  /** The key after `g` that goes there. */
  goKey?: string;
}

export const destinations: Destination[] = [
  { name: "home", label: "Home", icon: <HomeOutlined />, group: "main", paths: { list: "/" }, goKey: "h" },
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
    name: "amazon-calls",
    label: "Calls to Amazon",
    icon: <SwapOutlined />,
    group: "amazon",
    paths: { list: "/calls" },
    noun: "connections",
    goKey: "k",
  },
  {
    name: "members",
    label: "People",
    icon: <TeamOutlined />,
    group: "admin",
    paths: { list: "/people" },
    noun: "members",
    goKey: "p",
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
  { name: "profile", label: "Profile", icon: <IdcardOutlined />, group: "profile", paths: { list: "/profile" } },
];

export const refineResources: IResourceItem[] = destinations.map(({ name, label, paths, noun }) => ({
  name,
  ...paths,
  meta: { label, ...(noun ? { permission: noun } : {}) },
}));

/** The places of the rail this person may go, in the order of the list. */
export const destinationsFor = (viewer: Pick<Viewer, "permissions">): Destination[] =>
  destinations.filter(({ group, noun }) => group !== "profile" && (!noun || can(viewer, `${noun}.read`)));

/** Whether `pathname` lies in a destination. Home is only itself. */
export const isWithin = (pathname: string, { paths }: Destination): boolean =>
  paths.list === "/" ? pathname === "/" : pathname === paths.list || pathname.startsWith(`${paths.list}/`);
