import type { AuditEvent } from "#server/audit/contract";
import { type Signal, StatusTag } from "~/ui/status-tag";

const words: Record<AuditEvent["outcome"], [Signal, string]> = {
  done: ["ok", "Done"],
  failed: ["problem", "Failed"],
  denied: ["attention", "Denied"],
};

export const outcomeOptions = Object.entries(words).map(([value, [, label]]) => ({ value, label }));

export function OutcomeTag({ outcome }: { outcome: AuditEvent["outcome"] }) {
  const [signal, label] = words[outcome];
  return <StatusTag signal={signal}>{label}</StatusTag>;
}
