import { Alert } from "antd";
import type { Integrity } from "#server/audit/contract";
import { formatNumber } from "~/ui/format";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { useView } from "~/ui/view";

/** Whether the log is what was written, as far as it was looked at. */
export function IntegrityBadge({ integrity }: { integrity: Integrity }) {
  const { locale } = useView();
  const { last, checkpoint } = integrity;
  const signed = checkpoint
    ? `Signed up to event ${formatNumber(checkpoint.seq, { locale })}.`
    : "No checkpoint is signed yet: the first one is made within the day.";
  if (!last) {
    return (
      <StatusTag signal="waiting" why={signed}>
        Not verified yet
      </StatusTag>
    );
  }
  return (
    <span className="tm-integrity">
      <StatusTag signal={last.ok ? "ok" : "problem"} why={`By ${last.by}. ${signed}`}>
        {last.ok ? `Verified up to event ${formatNumber(last.seq, { locale })}` : "Altered"}
      </StatusTag>
      <Time at={last.at} past />
    </span>
  );
}

/** What the last verification found. */
export function IntegrityAlert({ integrity: { last } }: { integrity: Integrity }) {
  if (!last || last.ok) return null;
  return (
    <Alert
      type="error"
      showIcon
      className="tm-integrity-alert"
      message="The audit log is not what was written"
      description={
        <>
          <ul>
            {last.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          Somebody changed it in the database itself. Keep the newest export and the checkpoint files, and tell whoever
          runs Tidemark for you.
        </>
      }
    />
  );
}
