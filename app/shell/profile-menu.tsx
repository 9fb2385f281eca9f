import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useList } from "@refinedev/core";
import { useFetcher, useRouteLoaderData, useSubmit } from "@remix-run/react";
import { Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import type { Place } from "#server/identity/contract";
import type { Viewer } from "#server/workspace/contract";
import { destinations } from "~/destinations";
import type { ModeChoice } from "~/mode";
import { Link } from "~/providers/router";
import type { RootData } from "~/root.server";

const choices: { key: ModeChoice; label: string }[] = [
  { key: "light", label: "Light" },
  { key: "dark", label: "Dark" },
  { key: "system", label: "As the system" },
];

/** Without `onKeys` only what is open to who has yet to set up a second factor. */
export function ProfileMenu({ viewer, onKeys }: { viewer: Viewer; onKeys?: () => void }) {
  const root = useRouteLoaderData("root") as RootData | undefined;
  const fetcher = useFetcher();
  const submit = useSubmit();
  const { user } = viewer;
  const own = destinations.filter(({ group, name }) => group === "profile" && (onKeys || name === "profile"));
  const [opened, setOpened] = useState(false);
  const places = usePlaces(opened);
  const items: MenuProps["items"] = [
    {
      type: "group",
      key: "who",
      label: (
        <span className="tm-who">
          <strong>{user.name}</strong>
          <span>
            {user.email} · {user.role}
          </span>
        </span>
      ),
    },
    { type: "divider" },
    {
      type: "group",
      key: "mode",
      label: "Appearance",
      children: choices.map(({ key, label }) => ({
        key,
        label,
        extra: root?.choice === key ? "✓" : "",
        onClick: () => fetcher.submit({ mode: key }, { method: "post", action: "/preferences/mode" }),
      })),
    },
    { type: "divider" },
    ...own.map(({ name, label, icon, paths }) => ({ key: name, icon, label: <Link to={paths.list}>{label}</Link> })),
    ...(onKeys ? [{ key: "keys", label: "Keyboard shortcuts", extra: "?", onClick: onKeys }] : []),
    ...(places.length > 1
      ? [
          { type: "divider" as const },
          {
            type: "group" as const,
            key: "places",
            label: "Agency",
            children: places.map(({ id, agencyName, current }) => ({
              key: id,
              label: agencyName,
              extra: current ? "✓" : "",
              onClick: () => {
                if (!current) submit({ agencyId: id }, { method: "post", action: "/switch-agency" });
              },
            })),
          },
        ]
      : []),
    { type: "divider" },
    {
      key: "sign-out",
      icon: <LogoutOutlined />,
      label: "Sign out",
      onClick: () => submit(null, { method: "post", action: "/sign-out" }),
    },
  ];
  return (
    <Dropdown
      menu={{ items }}
      trigger={["click"]}
      placement="bottomRight"
      onOpenChange={(open) => open && setOpened(true)}
    >
      <button
        type="button"
        className="tm-profile"
        aria-label={`${user.name}: profile and settings`}
        aria-haspopup="menu"
      >
        <UserOutlined aria-hidden />
        <span className="tm-profile-name">{user.name}</span>
      </button>
    </Dropdown>
  );
}

/** The agencies the person works for, read when the menu is first opened. */
function usePlaces(wanted: boolean): Place[] {
  const { result } = useList<Place>({
    resource: "places",
    pagination: { mode: "off" },
    queryOptions: { enabled: wanted },
    errorNotification: false,
  });
  return result.data;
}
