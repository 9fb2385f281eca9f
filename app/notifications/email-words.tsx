import type { NotificationPreferences } from "#server/notifications/contract";
import { Link } from "~/providers/router";

/** Whether messages are sent by email too, and where that is changed. */
export function EmailWords({ preferences: { email, emailReady, address } }: { preferences: NotificationPreferences }) {
  if (!emailReady) return <>Email is not set up in this installation: messages are here only.</>;
  return (
    <>
      {email ? `Messages also go to ${address} by email.` : "You get no emails of messages."}{" "}
      <Link to="/profile">Change</Link>
    </>
  );
}
