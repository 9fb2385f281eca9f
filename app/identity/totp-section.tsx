import { Button } from "antd";
import { useState } from "react";
import type { NewRecoveryCodes, NewTotp, Profile } from "#server/identity/contract";
import { useConfirm } from "~/ui/confirm";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { CodesDialog } from "./codes-dialog";
import { TotpDialog } from "./totp-dialog";
import type { Proven } from "./use-proof";

interface TotpSectionProps {
  profile: Pick<Profile, "totpSince" | "recoveryCodesLeft">;
  proof: Proven;
  onChanged: () => void;
}

/** Codes of an authenticator app, and the recovery codes that go with them. */
export function TotpSection({ profile: { totpSince, recoveryCodesLeft }, proof, onChanged }: TotpSectionProps) {
  const [totp, setTotp] = useState<NewTotp | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const confirm = useConfirm();
  const begin = async () => setTotp(await proof.act<NewTotp>("begin-totp"));
  const renew = async () => {
    const made = await proof.act<NewRecoveryCodes>("renew-recovery-codes");
    if (!made) return;
    setCodes(made.recoveryCodes);
    onChanged();
  };
  const turnOff = () =>
    confirm({
      title: "Turn the authenticator app off?",
      content: "Sign-in asks for your password alone then, and your recovery codes stop working.",
      act: "Turn off",
      danger: true,
      onAct: () => void proof.act("turn-off-totp").then((done) => done && onChanged()),
    });
  return (
    <Section title="Authenticator app">
      {totpSince ? (
        <>
          <p>
            <StatusTag signal="ok">On</StatusTag> <span className="tm-muted">since</span> <Time at={totpSince} past />
            <span className="tm-muted"> · </span>
            <RecoveryWords left={recoveryCodesLeft} />
          </p>
          <div className="tm-acts">
            <Button onClick={() => void renew()}>New recovery codes</Button>
            <Button danger onClick={turnOff}>
              Turn off
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>
            <StatusTag signal="off">Off</StatusTag>
          </p>
          <p className="tm-muted">Sign-in can ask for a code that only your phone or password manager shows.</p>
          <div className="tm-acts">
            <Button onClick={() => void begin()}>Set up an authenticator app</Button>
          </div>
        </>
      )}
      <TotpDialog
        totp={totp}
        onEnd={(made) => {
          setTotp(null);
          setCodes(made);
        }}
      />
      <CodesDialog
        codes={codes}
        onClose={() => {
          setCodes(null);
          onChanged();
        }}
      />
    </Section>
  );
}

function RecoveryWords({ left }: { left: number }) {
  const words = `${left} recovery ${left === 1 ? "code" : "codes"} left`;
  return left > 2 ? <span>{words}</span> : <StatusTag signal="attention">{words}: make new ones</StatusTag>;
}
