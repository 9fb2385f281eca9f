import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import type { OpenInvitation } from "#server/workspace/contract";
import type { Failure } from "~/ui/states";
import { loadInvitation, submitInvitation } from "./accept-invitation.server";
import { Alone, LoneForm } from "./alone";
import { Field } from "./field";
import { passwordHint } from "./password-hint";

export const meta: MetaFunction = () => [{ title: "Invitation · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadInvitation(args);
export const action = (args: ActionFunctionArgs) => submitInvitation(args);
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const reasons: Record<Exclude<OpenInvitation["state"], "pending">, { title: string; words: string }> = {
  accepted: { title: "This invitation was used", words: "If it was you, sign in with your email and password." },
  expired: {
    title: "This invitation is over",
    words: "A link is good for 7 days. Ask whoever invited you for a new one.",
  },
  revoked: { title: "This invitation was revoked", words: "Ask whoever invited you for a new one." },
  unknown: {
    title: "This is no invitation we know",
    words: "The link may be cut off, or replaced by a newer one. Ask whoever invited you.",
  },
};

export default function AcceptInvitation() {
  const { invitation, isMe, sandbox } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  if (invitation.state !== "pending") {
    const { title, words } = reasons[invitation.state];
    return (
      <Alone title={title}>
        <p>{words}</p>
        <p>
          <Link to="/sign-in">Go to sign-in</Link>
        </p>
      </Alone>
    );
  }
  const { agencyName, email, name, invitedBy, purpose, brands, known } = invitation;
  if (known) return <JoinAsMyself invitation={invitation} isMe={isMe} failure={refusal?.failure} />;
  // The address cannot be changed here, so what is wrong with it is said above the form.
  const failure = refusal?.fields.email ? { message: refusal.fields.email } : refusal?.failure;
  return (
    <Alone title={`Join ${agencyName}`} sandbox={sandbox}>
      <p className="tm-muted">{invitedBy} invited you. Say how you are called and choose a password.</p>
      {purpose === "connect" ? <AskedToConsent brands={brands} /> : null}
      <LoneForm act={`Join ${agencyName}`} failure={failure}>
        <Field name="email" label="Email" type="email" autoComplete="username" defaultValue={email} readOnly />
        <Field
          name="name"
          label="Your name"
          autoComplete="name"
          defaultValue={refusal?.typed.name ?? name}
          error={refusal?.fields.name}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          autoFocus
          hint={passwordHint}
          error={refusal?.fields.password}
        />
      </LoneForm>
    </Alone>
  );
}

type Pending = Extract<OpenInvitation, { state: "pending" }>;

/** For who signs in to Tidemark already: the same person, one more agency. */
function JoinAsMyself({
  invitation,
  isMe,
  failure,
}: {
  invitation: Pending;
  isMe: boolean;
  failure: Failure | null | undefined;
}) {
  const { agencyName, email, invitedBy } = invitation;
  const { pathname } = useLocation();
  return (
    <Alone title={`Join ${agencyName}`}>
      <p className="tm-muted">
        {invitedBy} invited you. <strong>{email}</strong> signs in to Tidemark already, so you go on with what you sign
        in with. You can go from one agency to the other in the profile menu.
      </p>
      {isMe ? (
        <LoneForm act={`Join ${agencyName}`} failure={failure}>
          <input type="hidden" name="myself" value="1" />
        </LoneForm>
      ) : (
        <p>
          <Link to={`/sign-in?to=${encodeURIComponent(pathname)}`}>Sign in as {email}</Link> to join.
        </p>
      )}
    </Alone>
  );
}

function AskedToConsent({ brands }: { brands: string[] }) {
  return (
    <p className="tm-muted">
      You are asked to connect your Amazon user
      {brands.length > 0 ? (
        <>
          {" "}
          for <strong>{brands.join(", ")}</strong>
        </>
      ) : null}
      , so that its data does not depend on one person alone. That comes next.
    </p>
  );
}
