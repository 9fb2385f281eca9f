import { Button, Drawer } from "antd";
import type { BrandConsent, CoveredAccount } from "#server/connections/consent-contract";
import { Link } from "~/providers/router";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import type { Asked } from "./ask-for-consent";
import { askWords, CoverTag, coverReason } from "./consent-words";
import { type Schedules, scheduleWords } from "./schedule-words";
import { plural, StateTag } from "./words";

interface BrandConsentDrawerProps {
  brand: BrandConsent | null;
  schedules: Schedules;
  onAsk: ((asked: Asked) => void) | null;
  onClose: () => void;
}

/** One brand: each of its accounts, who reads it and who would take over. */
export function BrandConsentDrawer({ brand, schedules, onAsk, onClose }: BrandConsentDrawerProps) {
  return (
    <Drawer
      open={brand !== null}
      onClose={onClose}
      title={brand?.name ?? ""}
      width="min(560px, 100vw)"
      footer={
        brand && onAsk && brand.accounts.length > 0 ? (
          <div className="tm-drawer-foot">
            <Button
              type={brand.cover === "covered" ? "default" : "primary"}
              onClick={() => onAsk({ brand: { id: brand.id, name: brand.name } })}
            >
              {askWords(brand)}
            </Button>
          </div>
        ) : null
      }
    >
      {brand ? (
        <>
          <p>
            <CoverTag brand={brand} bare />
          </p>
          <p className="tm-muted">{coverReason(brand)}</p>
          <Section title={plural(brand.accounts.length, "account")}>
            <ul className="tm-hanging">
              {brand.accounts.map((account) => (
                <AccountLine key={account.id} account={account} syncs={scheduleWords(schedules, account.id)} />
              ))}
            </ul>
          </Section>
          {brand.grantors.length > 0 ? (
            <Section title={plural(brand.grantors.length, "grantor")}>
              <ul className="tm-hanging">
                {brand.grantors.map(({ connectionId, name, state, primary, backup }) => (
                  <li key={connectionId}>
                    <Link to={`/connections/${connectionId}`}>{name}</Link>{" "}
                    <StateTag connection={{ state, stateReason: null }} />
                    <div className="tm-muted">{partWords(primary, backup)}</div>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </>
      ) : null}
    </Drawer>
  );
}

const partWords = (primary: number, backup: number): string =>
  [
    ...(primary > 0 ? [`${plural(primary, "account")} read through it`] : []),
    ...(backup > 0 ? [`${primary > 0 ? "back-up" : "Back-up"} of ${plural(backup, "account")}`] : []),
  ].join(", ") || "Nothing can be read through it now";

function AccountLine({ account, syncs }: { account: CoveredAccount; syncs: string }) {
  const { id, name, readThrough, backups } = account;
  const [next, ...others] = backups;
  return (
    <li>
      <Link to={`/accounts/${id}`}>{name}</Link>
      <div>
        {readThrough ? `Read through ${readThrough.name}` : null}
        {readThrough && next ? `; ${next.name} would take over` : null}
        {others.length > 0 ? `, then ${others.map((one) => one.name).join(", ")}` : null}
        {readThrough && !next ? (
          <>
            {" · "}
            <StatusTag signal="attention">no back-up</StatusTag>
          </>
        ) : null}
        {readThrough ? null : <StatusTag signal="problem">no usable consent reaches it</StatusTag>}
      </div>
      <div className="tm-muted">
        {readThrough ? null : "Paused: "}
        {syncs}
      </div>
    </li>
  );
}
