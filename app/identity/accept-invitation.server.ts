import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { acceptAsMyself, acceptInvitation, isInvited, openInvitation } from "#server/workspace";
import { orFailure } from "~/page-data.server";
import { answerForm, textOf } from "./answer.server";

export async function loadInvitation({ params, context }: LoaderFunctionArgs) {
  const invitation = await orFailure(context, () => openInvitation(context.identity, params.key ?? ""));
  const status = invitation.state === "pending" ? 200 : 404;
  const isMe = await orFailure(context, () => isInvited(context.identity, params.key ?? "", context.visitor));
  return data(
    { invitation, isMe, sandbox: context.environment === "sandbox" },
    // The address is a secret: it must not stay in a cache.
    { status, headers: { "cache-control": "no-store" } },
  );
}

export async function submitInvitation({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const name = textOf(form, "name");
  const given = { key: params.key ?? "", name, password: textOf(form, "password") };
  return answerForm({
    context,
    typed: { name },
    to: "/",
    work: async () => {
      const { identity, visitor } = context;
      const { setCookie, purpose, brandIds } = form.has("myself")
        ? await acceptAsMyself(identity, given.key, visitor)
        : await acceptInvitation(identity, given, visitor);
      return purpose === "connect" ? { setCookie, to: consentPath(brandIds ?? []) } : { setCookie };
    },
  });
}

/** Says for which brands the person is asked to consent. */
const consentPath = (brandIds: readonly string[]) => {
  const query = new URLSearchParams([["asked", "1"], ...brandIds.map((id) => ["brand", id] as [string, string])]);
  return `/connections/new?${query}`;
};
