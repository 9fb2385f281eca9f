import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert, Button, Checkbox } from "antd";
import type { Message } from "#server/notifications/contract";
import { can } from "~/providers/access-control";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Page } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { EmptyState, ErrorState } from "~/ui/states";
import { Time } from "~/ui/time";
import { type ListState, useSeededTable } from "~/ui/use-list";
import { EmailWords } from "./email-words";
import { loadInbox } from "./inbox.server";
import { MessageButton, MessageSignalTag, UnreadMark } from "./message-parts";
import { useMarking, useUnreadCount } from "./use-messages";

export const meta: MetaFunction = () => [{ title: "Inbox · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadInbox(args);
export const shouldRevalidate = keepsLoader();

export default function Inbox() {
  const { seed, preferences } = useLoaderData<typeof loader>();
  const table = useSeededTable<Message>("messages", seed);
  const unread = useUnreadCount();
  const { readAll, busy } = useMarking();
  const nothingEver = !table.loading && !table.error && table.total === 0 && !table.narrowed;
  return (
    <Page
      title="Inbox"
      description={
        <>
          What needs you, and what works again. <EmailWords preferences={preferences} />
        </>
      }
      action={
        unread > 0 ? (
          <Button loading={busy} onClick={readAll}>
            Mark all as read
          </Button>
        ) : null
      }
    >
      {nothingEver ? <NothingYet /> : <MessageList table={table} />}
    </Page>
  );
}

/** Only those who look after connections hear of them. */
function NothingYet() {
  if (!can(useViewer(), "connections.read")) {
    return <EmptyState title="Your messages will be listed here">Nothing has needed you yet.</EmptyState>;
  }
  return (
    <EmptyState title="You will be told here when a connection needs you">
      When Amazon refuses a token, when a consent is about to end, and when it works again. Nothing has happened yet.
    </EmptyState>
  );
}

function MessageList({ table }: { table: ListState<Message> }) {
  const unreadOnly = table.filterValue("read") === "false";
  const nothing = !table.loading && !table.error && table.total === 0;
  return (
    <div className="tm-list">
      <div className="tm-tools">
        <Checkbox
          checked={unreadOnly}
          onChange={({ target }) => table.setFilter("read", target.checked ? "false" : undefined)}
        >
          Unread only
        </Checkbox>
      </div>
      {table.loading ? <Bones /> : null}
      {nothing ? (
        <EmptyState title="Nothing is unread" action={<Button onClick={table.clear}>Show all messages</Button>} />
      ) : null}
      {table.error && table.rows.length === 0 ? (
        <ErrorState title="The messages could not be loaded" error={table.error} onRetry={table.refetch} />
      ) : null}
      {table.rows.length > 0 ? <Messages table={table} /> : null}
    </div>
  );
}

function Messages({ table }: { table: ListState<Message> }) {
  return (
    <>
      {table.error ? (
        <Alert
          type="warning"
          showIcon
          message={`These messages may be out of date: ${table.error.message}`}
          action={
            <Button size="small" onClick={table.refetch}>
              Try again
            </Button>
          }
        />
      ) : null}
      <ul className="tm-messages" aria-label="Messages" aria-busy={table.refreshing}>
        {table.rows.map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </ul>
      <Pager
        page={table.page}
        pageSize={table.pageSize}
        total={table.total}
        what="messages"
        hrefOf={table.hrefOf}
        onPage={table.setPage}
      />
    </>
  );
}

function MessageRow({ message }: { message: Message }) {
  const { mark, busy } = useMarking();
  const { id, title, body, readAt, createdAt } = message;
  const next = readAt ? "unread" : "read";
  const read = () => {
    if (!readAt) mark(id, "read");
  };
  return (
    <li data-unread={!readAt}>
      <div className="tm-message-signal">
        <MessageSignalTag message={message} />
      </div>
      <div className="tm-message-words">
        <h2 className="tm-message-title">
          {readAt ? null : <UnreadMark />}
          {title}
        </h2>
        {body.split("\n").map((line) => (
          <p key={line}>{line}</p>
        ))}
        <MessageButton message={message} onGo={read} />
      </div>
      <div className="tm-message-side">
        <Time at={createdAt} />
        <Button size="small" type="text" loading={busy} onClick={() => mark(id, next)}>
          Mark as {next}
          <span className="tm-unseen">: {title}</span>
        </Button>
      </div>
    </li>
  );
}

const bones = Array.from({ length: 4 }, (_, index) => `bone-${index}`);

const Bones = () => (
  <div role="status">
    <span className="tm-unseen">Loading</span>
    <ul className="tm-messages" aria-hidden="true">
      {bones.map((bone) => (
        <li key={bone}>
          <span className="tm-bone" />
          <span className="tm-bone" />
          <span className="tm-bone" />
        </li>
      ))}
    </ul>
  </div>
);
