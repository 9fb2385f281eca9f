import { Button, Drawer, Select } from "antd";
import { useState } from "react";
import type { AdvertiserRef, AmcInstance } from "#server/amc/contract";
import type { Account } from "#server/connections/contract";
import { Field } from "~/pages/field";
import { useAct } from "~/providers/act";
import { Link } from "~/providers/router";

interface AttachDrawerProps {
  instance: AmcInstance;
  /** Of the instance's brand. */
  accounts: Pick<Account, "id" | "name" | "kind" | "amazonId" | "entityId">[];
  open: boolean;
  onClose(): void;
  onDone(): void;
}

/** Chooses accounts of the brand whose data the instance shall hold. */
export function AttachDrawer({ instance, accounts, open, onClose, onDone }: AttachDrawerProps) {
  const { act, busy } = useAct("amc-instances");
  const [chosen, setChosen] = useState<string[]>([]);
  const offered = accounts
    .map((account) => ({ account, ref: refOf(account) }))
    .filter(({ ref }) => ref && !instance.advertisers.some(({ id }) => id === ref.id));
  const send = async () => {
    const add = offered.flatMap(({ account, ref }) => (ref && chosen.includes(account.id) ? [ref] : []));
    await act({ id: instance.id, action: "attach", input: { add }, done: "Amazon is told to attach them" });
    setChosen([]);
    onClose();
    onDone();
  };
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={`Attach advertisers to ${instance.name}`}
      width="min(480px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="primary"
            loading={busy}
            disabled={chosen.length === 0}
            onClick={() => void send().catch(() => {})}
          >
            Attach {chosen.length === 1 ? "1 advertiser" : `${chosen.length} advertisers`}
          </Button>
        </div>
      }
    >
      <Field
        id="attach-accounts"
        label="Accounts of the brand"
        hint={
          instance.brandId ? (
            "Amazon takes ten at a time; the rest wait here and follow by themselves."
          ) : (
            <>
              Give the instance to a brand first. Accounts are given to brands under{" "}
              <Link to="/accounts">Accounts</Link>.
            </>
          )
        }
      >
        <Select
          id="attach-accounts"
          mode="multiple"
          optionFilterProp="label"
          value={chosen}
          options={offered.map(({ account }) => ({ value: account.id, label: `${account.name}, ${account.amazonId}` }))}
          onChange={setChosen}
        />
      </Field>
    </Drawer>
  );
}

/** What Amazon calls an account where it is attached; null: it cannot be. */
function refOf({ kind, amazonId, entityId }: AttachDrawerProps["accounts"][number]): AdvertiserRef | null {
  if (kind === "dsp_advertiser") return { id: amazonId, type: "DISPLAY", marketplaceId: null };
  return kind === "profile" && entityId ? { id: entityId, type: "SPONSORED_ADS", marketplaceId: null } : null;
}
