// Where mails are kept in the default set-up, which has no mail server: to try out invitations and password links.
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import type { OutboxMail } from "#server/notifications/contract";
import { useReread } from "~/revalidate";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { loadOutbox } from "./outbox.server";

export const meta: MetaFunction = () => [{ title: "Outbox · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadOutbox(args);

export default function Outbox() {
  const { mails } = useLoaderData<typeof loader>();
  const reread = useReread();
  return (
    <Page
      title="Outbox"
      trail={[{ label: "Agency", to: "/agency" }]}
      description={
        <>
          This sandbox has no mail server, so mails stay here, for admins to read. With <code>SMTP_URL</code> they are
          sent, and this page is gone.
        </>
      }
      action={<Button onClick={reread}>Look again</Button>}
    >
      {mails.length === 0 ? (
        <EmptyState title="Mails will be listed here">
          Invitations, links to set a password, and notices that somebody's sign-in was changed. None was written yet.
        </EmptyState>
      ) : (
        <ul className="tm-outbox">
          {mails.map((mail) => (
            <li key={mail.id}>
              <Letter mail={mail} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Letter({ mail: { to, name, subject, createdAt, lines, action } }: { mail: OutboxMail }) {
  return (
    <article aria-label={`${subject}, to ${to}`}>
      <header>
        <h2>{subject}</h2>
        <p className="tm-muted">
          to {name} &lt;{to}&gt; · <Time at={createdAt} past />
        </p>
      </header>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {action ? (
        <p>
          <a href={action.url}>{action.label}</a>
        </p>
      ) : null}
    </article>
  );
}
