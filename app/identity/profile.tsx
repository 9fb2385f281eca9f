import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "antd";
import { PreferenceSection } from "~/notifications/preference-section";
import { useNews } from "~/providers/live";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { NameForm } from "./name-form";
import { PasskeySection } from "./passkey-section";
import { PasswordForm } from "./password-form";
import { loadProfile } from "./profile.server";
import { SessionTable } from "./session-table";
import { TotpSection } from "./totp-section";
import { useProof } from "./use-proof";

export const meta: MetaFunction = () => [{ title: "Profile · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadProfile(args);

export default function Profile() {
  const { profile, preferences, passkeys, sessions } = useLoaderData<typeof loader>();
  const { user, agency, secondFactorMissing } = useViewer();
  const proof = useProof({ code: profile.totpSince !== null, passkey: passkeys.length > 0 });
  const revalidate = useReread();
  useNews(["sessions", "passkeys"], revalidate);
  return (
    <Page
      title="Profile"
      description="Your name, how you sign in, how you are told of things, and where you are signed in."
    >
      {secondFactorMissing ? <SetUpFirst agency={agency.name} hasPasskey={passkeys.length > 0} /> : null}
      <Facts
        items={[
          { label: "Email", value: profile.email },
          { label: "Agency", value: agency.name },
          { label: "Role", value: user.role },
          { label: "Here since", value: <Time at={profile.createdAt} past /> },
        ]}
      />
      <Section title="Name">
        <NameForm name={profile.name} onSaved={revalidate} />
      </Section>
      <Section title="Password">
        <PasswordForm email={profile.email} onChanged={revalidate} />
      </Section>
      <TotpSection profile={profile} proof={proof} onChanged={revalidate} />
      <PasskeySection passkeys={passkeys} proof={proof} onChanged={revalidate} />
      {proof.dialog}
      <PreferenceSection preferences={preferences} onSaved={revalidate} />
      <SessionTable sessions={sessions} onEnded={revalidate} />
    </Page>
  );
}

/** All other pages come after. */
function SetUpFirst({ agency, hasPasskey }: { agency: string; hasPasskey: boolean }) {
  return (
    <Alert
      type="info"
      showIcon
      className="tm-set-up-first"
      message={`${agency} asks for a second factor`}
      description={
        hasPasskey
          ? "Sign out and sign in with your passkey, or set up an authenticator app below. Everything else opens after that."
          : "Set up an authenticator app or a passkey below. Everything else opens after that."
      }
    />
  );
}
