import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  InfoCircleOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

export type Signal = "ok" | "attention" | "problem" | "info" | "off" | "paused" | "waiting" | "working";

const icons: Record<Signal, ReactNode> = {
  ok: <CheckCircleOutlined />,
  attention: <ExclamationCircleOutlined />,
  problem: <CloseCircleOutlined />,
  info: <InfoCircleOutlined />,
  off: <MinusCircleOutlined />,
  paused: <PauseCircleOutlined />,
  waiting: <ClockCircleOutlined />,
  working: <SyncOutlined />,
};

/** An icon and a word. `why` is the reason, on hover and focus. */
export function StatusTag({
  signal,
  children,
  why,
}: {
  signal: Signal;
  children: ReactNode;
  why?: string | null | undefined;
}) {
  const icon = <span aria-hidden="true">{icons[signal]}</span>;
  if (!why) {
    return (
      <span className={`tm-status tm-status-${signal}`}>
        {icon}
        {children}
      </span>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard
    <span className={`tm-status tm-status-${signal}`} data-tip={why} tabIndex={0}>
      {icon}
      {children}
      <span className="tm-unseen">: {why}</span>
    </span>
  );
}
