import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PreferenceSection } from "~/notifications/preference-section";
import { useNews } from "~/providers/live";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { loadProfile } from "./profile.server";
import { SessionTable } from "./session-table";

export const meta: MetaFunction = () => [{ title: "Profile · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadProfile(args);

export default function Profile() {
  const { profile, preferences, sessions } = useLoaderData<typeof loader>();
  const { user, agency } = useViewer();
  const revalidate = useReread();
  useNews(["sessions"], revalidate);
  return (
    <Page
      title="Profile"
      description="Your name, your password, how you are told of things, and where you are signed in."
    >
      <Facts
        items={[
          { label: "Email", value: profile.email },
          { label: "Agency", value: agency.name },
          { label: "Role", value: user.role },
          { label: "Here since", value: <Time at={profile.createdAt} /> },
        ]}
      />
      <Section title="Name">
        <NameForm name={profile.name} onSaved={revalidate} />
      </Section>
      <Section title="Password">
        <PasswordForm email={profile.email} onChanged={revalidate} />
      </Section>
      <PreferenceSection preferences={preferences} onSaved={revalidate} />
      <SessionTable sessions={sessions} onEnded={revalidate} />
    </Page>
  );
}
