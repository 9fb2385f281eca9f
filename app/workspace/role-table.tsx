import { Table } from "antd";
import type { MemberRole } from "#server/workspace/contract";
import { Time } from "~/ui/time";
import { Until } from "./role-words";

/** The roles of one person: for what, by whom and until when. */
export function RoleTable({ roles }: { roles: MemberRole[] }) {
  if (roles.length === 0)
    return <p className="tm-muted">No role is in force: they see nothing but their own profile.</p>;
  return (
    <div className="tm-table" data-height="auto">
      <Table<MemberRole>
        aria-label="Roles"
        size="small"
        rowKey={({ brandId }) => brandId ?? "all"}
        dataSource={roles}
        pagination={false}
        columns={[
          { key: "role", title: "Role", rowScope: "row", render: (_, { roleName }) => <strong>{roleName}</strong> },
          {
            key: "brand",
            title: "For",
            render: (_, { brandId, brandName }) => (brandId === null ? "all brands" : (brandName ?? "a removed brand")),
            onCell: () => ({ "data-label": "For" }) as object,
          },
          {
            key: "until",
            title: "Until",
            render: (_, { until }) => (until ? <Until day={until} /> : <span className="tm-muted">no end</span>),
            onCell: () => ({ "data-label": "Until" }) as object,
          },
          {
            key: "given",
            title: "Given",
            render: (_, { grantedBy, grantedAt }) => (
              <>
                {grantedBy ? `by ${grantedBy} ` : ""}
                <Time at={grantedAt} past />
              </>
            ),
            onCell: () => ({ "data-label": "Given" }) as object,
          },
        ]}
      />
    </div>
  );
}
