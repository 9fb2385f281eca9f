import { useUpdate } from "@refinedev/core";
import { Switch } from "antd";
import { useId } from "react";
import type { NotificationPreferences } from "#server/notifications/contract";
import { Link } from "~/providers/router";
import { Section } from "~/ui/page";

interface PreferenceSectionProps {
  preferences: NotificationPreferences;
  onSaved: () => void;
}

/** Where one wants to hear of things; the inbox has all of it. */
export function PreferenceSection({ preferences, onSaved }: PreferenceSectionProps) {
  const { email, emailReady, address } = preferences;
  const { mutateAsync, mutation } = useUpdate();
  const labelId = useId();
  const save = async (wanted: boolean) => {
    await mutateAsync({
      resource: "notification-preferences",
      id: "me",
      values: { email: wanted },
      successNotification: { message: wanted ? `Messages also go to ${address}` : "Emails are off", type: "success" },
    });
    onSaved();
  };
  return (
    <Section title="Notifications">
      {emailReady ? (
        <div className="tm-preference">
          <Switch
            checked={email}
            loading={mutation.isPending}
            aria-labelledby={labelId}
            onChange={(wanted) => void save(wanted).catch(() => {})}
          />
          <span id={labelId}>
            Also send my messages to <strong>{address}</strong>
          </span>
        </div>
      ) : (
        <p>
          Email is not set up in this installation. Whoever runs it turns it on with <code>SMTP_URL</code> and{" "}
          <code>MAIL_FROM</code>.
        </p>
      )}
      <p className="tm-field-hint">
        Your <Link to="/inbox">inbox</Link> has every message
        {emailReady ? "; what happens within a minute comes as one mail." : "."}
      </p>
    </Section>
  );
}
