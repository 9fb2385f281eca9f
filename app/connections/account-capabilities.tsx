// What can be done with an account, line by line, and the button that has Amazon asked again.
import { useNotification } from "@refinedev/core";
import { Button } from "antd";
import type { Account, Capability, CapabilityName, ProbeOutcome } from "#server/connections/contract";
import { useAct } from "~/providers/act";
import { Time } from "~/ui/time";
import { CapabilityTag, capabilityWords } from "./words";

export function CheckAgain({ account, onDone }: { account: Account; onDone: () => void }) {
  const { act, busy } = useAct("accounts");
  const { open } = useNotification();
  const check = async () => {
    const { state } = await act<ProbeOutcome>({ id: account.id, action: "probe" });
    const message = state === "done" ? "Amazon was asked again" : "Amazon takes its time; the answers show here";
    open?.({ type: "success", message });
    onDone();
  };
  return (
    <Button loading={busy} onClick={() => check().catch(() => {})}>
      {busy ? "Asking Amazon" : "Check again"}
    </Button>
  );
}

const names = Object.keys(capabilityWords) as CapabilityName[];

function Line({ name, capability }: { name: CapabilityName; capability: Capability }) {
  const { ok, unproven, reason, remedy, uncheckedSince } = capability;
  return (
    <li>
      <CapabilityTag name={capabilityWords[name].name} capability={{ ok, unproven }} />
      <p>
        {reason ?? (uncheckedSince ? "It worked when it was last checked." : "Checked with a call to Amazon.")}
        {remedy ? ` ${remedy}` : null}
      </p>
      {uncheckedSince ? (
        <p className="tm-muted">
          Not checked since <Time at={uncheckedSince} past />: Amazon gave no usable answer. This is what was known
          then.
        </p>
      ) : null}
    </li>
  );
}

/** The one reason for everything, where there is one: an entity and a profile are only seen. */
function commonReason({ capabilities }: Account): string | null {
  const [first, ...others] = names.map((name) => capabilities[name]);
  if (!first || first.ok || others.some(({ ok, reason }) => ok || reason !== first.reason)) return null;
  return [first.reason, first.remedy].filter(Boolean).join(" ");
}

export function CapabilityLines({ account }: { account: Account }) {
  const common = commonReason(account);
  return (
    <>
      {common ? (
        <p>{common}</p>
      ) : (
        <ul className="tm-capabilities">
          {names.map((name) => (
            <Line key={name} name={name} capability={account.capabilities[name]} />
          ))}
        </ul>
      )}
      {account.probedAt ? (
        <p className="tm-muted">
          Checked <Time at={account.probedAt} past />.
        </p>
      ) : null}
    </>
  );
}
