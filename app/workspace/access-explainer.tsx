import { useList } from "@refinedev/core";
import { Select } from "antd";
import { useState } from "react";
import type { Member } from "#server/workspace/contract";
import { type AccessAnswer, grantable, nounIds, nounOf, permissionWords } from "#server/workspace/role-contract";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { ALL_BRANDS } from "./role-fields";
import { Until } from "./role-words";

const permissionOptions = nounIds.map((noun) => ({
  label: nounOf(noun).label,
  options: grantable
    .filter((permission) => permission.startsWith(`${noun}.`))
    .map((permission) => ({ value: permission, label: permissionWords(permission) })),
}));

/** Pick a permission and a brand: yes or no, through which role, or what is missing and who can give it. */
export function AccessExplainer({ member }: { member: Pick<Member, "id" | "name"> }) {
  const { brands } = useViewer();
  const [permission, setPermission] = useState<string>("campaigns.read");
  const [brand, setBrand] = useState<string>(brands[0]?.id ?? ALL_BRANDS);
  const { result, query } = useList<AccessAnswer>({
    resource: "access-answers",
    filters: [
      { field: "memberId", operator: "eq", value: member.id },
      { field: "permission", operator: "eq", value: permission },
      ...(brand === ALL_BRANDS ? [] : [{ field: "brandId", operator: "eq" as const, value: brand }]),
    ],
    pagination: { currentPage: 1, pageSize: 10 },
  });
  const [answer] = result.data;
  return (
    <div className="tm-stack">
      <div className="tm-ask-row">
        <Select
          aria-label="Permission"
          showSearch
          optionFilterProp="label"
          value={permission}
          onChange={setPermission}
          options={permissionOptions}
          popupMatchSelectWidth={360}
        />
        <Select
          aria-label="Brand"
          showSearch
          optionFilterProp="label"
          value={brand}
          onChange={setBrand}
          options={[
            { value: ALL_BRANDS, label: "All brands" },
            ...brands.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <div aria-live="polite" aria-busy={query.isFetching}>
        {answer ? <Answer answer={answer} name={member.name} /> : null}
        {query.isError ? <p>{query.error.message}</p> : null}
      </div>
    </div>
  );
}

function Answer({ answer, name }: { answer: AccessAnswer; name: string }) {
  if (answer.allowed) {
    return (
      <>
        <p>
          <StatusTag signal="ok">Yes</StatusTag> {name} may, through:
        </p>
        <ul className="tm-plain-list">
          {answer.through.map(({ roleName, brandName, grantedBy, grantedAt, until }) => (
            <li key={`${roleName}-${brandName}`}>
              <strong>{roleName}</strong> for {brandName ?? "all brands"}, given{grantedBy ? ` by ${grantedBy}` : ""}{" "}
              <Time at={grantedAt} past />
              {until ? (
                <>
                  , <Until day={until} />
                </>
              ) : null}
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      <p>
        <StatusTag signal="off">No</StatusTag> {answer.missing}
      </p>
      <p>Roles that hold it: {answer.rolesWithIt.length > 0 ? answer.rolesWithIt.join(", ") : "none"}.</p>
      <p>
        Who can give it:{" "}
        {answer.givers.length === 0
          ? "nobody at the moment"
          : answer.givers.map(({ id, name: giver }, index) => (
              <span key={id}>
                {index > 0 ? ", " : ""}
                <Link to={`/people/${id}`}>{giver}</Link>
              </span>
            ))}
        .
      </p>
    </>
  );
}
