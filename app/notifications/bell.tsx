import { BellOutlined } from "@ant-design/icons";
import { useList } from "@refinedev/core";
import { Button, Popover } from "antd";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Message } from "#server/notifications/contract";
import type { ApiError } from "~/providers/data";
import { Link } from "~/providers/router";
import { Time } from "~/ui/time";
import { MessageButton, MessageSignalTag, UnreadMark } from "./message-parts";
import { useMarking, useUnreadCount } from "./use-messages";

const SHOWN = 8;
const MOST_COUNTED = 99;

/** How many messages are unread, and the latest of them. */
export function Bell() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const unread = useUnreadCount();
  const close = () => setOpen(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    close();
    button.current?.focus();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes Escape from the button and from what it opens
    <div className="tm-bell-place" onKeyDown={onKeyDown} onBlur={onBlur}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        arrow={false}
        destroyOnHidden
        // Beside the button, so that the Tab key goes there next.
        getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
        content={<Latest unread={unread} onGo={close} />}
      >
        <button
          ref={button}
          type="button"
          className="tm-bell"
          aria-label={unread > 0 ? `Messages, ${unread} unread` : "Messages"}
          aria-haspopup="dialog"
          aria-expanded={open}
        >
          <BellOutlined aria-hidden />
          {unread > 0 ? (
            <span className="tm-bell-count" aria-hidden="true">
              {unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}
            </span>
          ) : null}
        </button>
      </Popover>
    </div>
  );
}

function Latest({ unread, onGo }: { unread: number; onGo: () => void }) {
  const panel = useRef<HTMLElement>(null);
  const { readAll, busy } = useMarking();
  useEffect(() => panel.current?.focus(), []);
  return (
    <section ref={panel} className="tm-latest" role="dialog" aria-label="Messages" tabIndex={-1}>
      <header>
        <strong>Messages</strong>
        <Button size="small" type="text" disabled={unread === 0} loading={busy} onClick={readAll}>
          Mark all as read
        </Button>
      </header>
      <LatestList onGo={onGo} />
      <footer>
        <Link to="/inbox" onClick={onGo}>
          All messages
        </Link>
      </footer>
    </section>
  );
}

function LatestList({ onGo }: { onGo: () => void }) {
  const { query, result } = useList<Message>({
    resource: "messages",
    pagination: { currentPage: 1, pageSize: SHOWN },
    sorters: [{ field: "createdAt", order: "desc" }],
    errorNotification: false,
  });
  const { mark } = useMarking();
  if (query.isLoading) {
    return (
      <div className="tm-latest-none" role="status">
        <span className="tm-unseen">Loading</span>
        <span className="tm-bone" />
        <span className="tm-bone" />
        <span className="tm-bone" />
      </div>
    );
  }
  if (query.isError && result.data.length === 0) {
    return (
      <div className="tm-latest-none" role="alert">
        <p>{(query.error as unknown as ApiError).message}</p>
        <Button size="small" onClick={() => void query.refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (result.data.length === 0) {
    return <p className="tm-latest-none">No messages yet.</p>;
  }
  const follow = ({ id, readAt }: Message) => {
    if (!readAt) mark(id, "read");
    onGo();
  };
  return (
    <ul>
      {result.data.map((message) => (
        <li key={message.id} data-unread={!message.readAt}>
          <p className="tm-message-head">
            <MessageSignalTag message={message} />
            <Time at={message.createdAt} />
          </p>
          <p className="tm-message-title">
            {message.readAt ? null : <UnreadMark />}
            {message.title}
          </p>
          <MessageButton message={message} onGo={() => follow(message)} />
        </li>
      ))}
    </ul>
  );
}
