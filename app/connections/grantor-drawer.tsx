import { Drawer } from "antd";
import type { Consent, HangingAccount } from "#server/connections/consent-contract";
import { regionNames } from "#server/connections/contract";
import { Link } from "~/providers/router";
import { LinkButton } from "~/ui/link-button";
import { Facts, Section } from "~/ui/page";
import { ConsentEnd, Owner, scopesInWords } from "./consent-words";
import { GivenOn } from "./given-on";
import { type Schedules, scheduleWords } from "./schedule-words";
import { plural, StateTag } from "./words";

interface GrantorDrawerProps {
  consent: Consent | null;
  schedules: Schedules;
  onClose: () => void;
}

/** One consent: what it allows, until when, and what its end would do at once. */
export function GrantorDrawer({ consent, schedules, onClose }: GrantorDrawerProps) {
  return (
    <Drawer
      open={consent !== null}
      onClose={onClose}
      title={consent?.name ?? ""}
      width="min(560px, 100vw)"
      footer={
        consent ? (
          <div className="tm-drawer-foot">
            <LinkButton to={`/connections/${consent.id}`}>Open the connection</LinkButton>
          </div>
        ) : null
      }
    >
      {consent ? (
        <>
          <Facts
            items={[
              { label: "State", value: <StateTag connection={consent} /> },
              { label: "Given", value: <GivenOn at={consent.consentedAt} /> },
              { label: "May end", value: <ConsentEnd connection={consent} /> },
              { label: "Looked after by", value: <Owner name={consent.ownerName} left={consent.ownerLeft} /> },
              { label: "Allows", value: scopesInWords(consent.scopes) },
              { label: "Given in", value: regionNames[consent.region] },
            ]}
          />
          <WithdrawalParts consent={consent} schedules={schedules} />
        </>
      ) : null}
    </Drawer>
  );
}

function WithdrawalParts({ consent, schedules }: { consent: Consent; schedules: Schedules }) {
  const stopping = consent.accounts.filter(({ next }) => next === null);
  const moving = consent.accounts.filter(({ next }) => next !== null);
  if (consent.accounts.length === 0) {
    return (
      <Section title="If it were withdrawn">
        <p className="tm-muted">
          Nothing stops: no account is read through it
          {consent.backup > 0 ? `. ${plural(consent.backup, "account")} would lose a back-up.` : "."}
        </p>
      </Section>
    );
  }
  return (
    <>
      {stopping.length > 0 ? (
        <Section title={`Would stop at once: ${plural(stopping.length, "account")}`}>
          <Accounts accounts={stopping} schedules={schedules} />
        </Section>
      ) : null}
      {moving.length > 0 ? (
        <Section title={`Would go on through another: ${plural(moving.length, "account")}`}>
          <Accounts accounts={moving} schedules={schedules} />
        </Section>
      ) : null}
    </>
  );
}

function Accounts({ accounts, schedules }: { accounts: HangingAccount[]; schedules: Schedules }) {
  return (
    <ul className="tm-hanging">
      {accounts.map(({ id, name, brand, next }) => (
        <li key={id}>
          <Link to={`/accounts/${id}`}>{name}</Link>
          <span className="tm-muted"> · {brand?.name ?? "no brand"}</span>
          {next ? <div>{next.name} takes over</div> : null}
          <div className="tm-muted">{scheduleWords(schedules, id)}</div>
        </li>
      ))}
    </ul>
  );
}
