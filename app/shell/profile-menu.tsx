import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useFetcher, useRouteLoaderData, useSubmit } from "@remix-run/react";
import { Dropdown, type MenuProps } from "antd";
import type { Viewer } from "#server/workspace/contract";
import type { ModeChoice } from "~/mode";
import { Link } from "~/providers/router";
import { destinations } from "~/resources";
import type { RootData } from "~/root.server";

const choices: { key: ModeChoice; label: string }[] = [
  { key: "light", label: "Light" },
  { key: "dark", label: "Dark" },
  { key: "system", label: "As the system" },
];

export function ProfileMenu({ viewer, onKeys }: { viewer: Viewer; onKeys: () => void }) {
  const root = useRouteLoaderData("root") as RootData | undefined;
  const fetcher = useFetcher();
  const submit = useSubmit();
  const { user } = viewer;
  const own = destinations.filter(({ group }) => group === "profile");
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
    { key: "keys", label: "Keyboard shortcuts", extra: "?", onClick: onKeys },
    { type: "divider" },
    {
      key: "sign-out",
      icon: <LogoutOutlined />,
      label: "Sign out",
      onClick: () => submit(null, { method: "post", action: "/sign-out" }),
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
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
