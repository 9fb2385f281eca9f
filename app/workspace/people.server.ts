import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeResource } from "#server/api/describe";
import { invitationsResource, memberRolesResource, membersResource } from "#server/workspace/api";
import type { Invitation, Member } from "#server/workspace/contract";
import { readList } from "~/page-data.server";
import { can } from "~/providers/access-control";
import { requireViewer } from "~/shell.server";
import { listParamsOf } from "~/ui/list-params";

const openInvitations = {
  currentPage: 1,
  pageSize: 100,
  sorters: [],
  filters: [{ field: "state", operator: "in" as const, value: ["pending", "expired"] }],
};

/** Invitations are for those who may invite; others see the people only. */
export async function loadPeople({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "name", order: "asc" }] });
  const [seed, invitations] = await Promise.all([
    readList<Member>(context, membersResource, params),
    can(viewer, "members.write") ? readList<Invitation>(context, invitationsResource, openInvitations) : null,
  ]);
  return { seed, invitations: invitations?.items ?? null, roleFile: describeResource(memberRolesResource) };
}
