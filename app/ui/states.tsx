// What a place shows when it has nothing to show: nothing yet, no match, no permission, an error.
import { FileSearchOutlined, InboxOutlined, LockOutlined, WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

interface BlankProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  role?: "alert" | "status";
  /** Whether this is all of the page, so that its title is the page's h1. */
  alone?: boolean | undefined;
}

function Blank({ icon, title, children, action, role, alone = false }: BlankProps) {
  const Title = alone ? "h1" : "h2";
  return (
    <div className="tm-blank" role={role}>
      <span className="tm-blank-icon" aria-hidden="true">
        {icon}
      </span>
      <Title>{title}</Title>
      {children ? <div className="tm-blank-words">{children}</div> : null}
      {action ? <div className="tm-blank-action">{action}</div> : null}
    </div>
  );
}

/** Nothing yet. `title` says what will be here, `children` why it is not yet, `action` the one next step. */
export function EmptyState({ title, children, action, alone }: Omit<BlankProps, "icon" | "role">) {
  return (
    <Blank icon={<InboxOutlined />} title={title} action={action} alone={alone}>
      {children}
    </Blank>
  );
}

/** Nothing matches the filters. */
export function NoMatch({ what, onClear }: { what: string; onClear?: () => void }) {
  return (
    <Blank
      icon={<FileSearchOutlined />}
      title={`No ${what} match`}
      role="status"
      action={onClear ? <Button onClick={onClear}>Clear search and filters</Button> : null}
    >
      Try fewer words or another filter.
    </Blank>
  );
}

/** No permission. `who` can give it, such as "an owner or admin of Northwind Media". */
export function NoPermission({ what, who, alone }: { what: string; who: string; alone?: boolean }) {
  return (
    <Blank icon={<LockOutlined />} title={`You cannot see ${what}`} role="status" alone={alone}>
      Ask {who} to give you access.
    </Blank>
  );
}

export interface Failure {
  message: string;
  remedy?: string | undefined;
  requestId?: string | undefined;
}

export interface ErrorStateProps {
  error: Failure;
  title?: string;
  onRetry?: (() => void) | undefined;
  alone?: boolean;
}

/** What happened, why, what to do, the request id, and a retry. */
export function ErrorState({ error, title = "This could not be shown", onRetry, alone }: ErrorStateProps) {
  return (
    <Blank
      icon={<WarningOutlined />}
      title={title}
      role="alert"
      alone={alone}
      action={onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    >
      <p>{error.message}</p>
      {error.remedy ? <p>{error.remedy}</p> : null}
      {error.requestId ? (
        <p className="tm-request-id">
          Request <code>{error.requestId}</code> <CopyButton text={error.requestId} what="request id" />
        </p>
      ) : null}
    </Blank>
  );
}
