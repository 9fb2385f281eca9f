import { Alert, Button } from "antd";
import type { Consent } from "#server/connections/consent-contract";
import { type Connection, regionNames } from "#server/connections/contract";
import { canEverywhere } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { stringifyQuery } from "~/ui/list-params";
import { Facts } from "~/ui/page";
import { Time } from "~/ui/time";
import { ConsentEnd, Owner, scopesInWords, withdrawalWords } from "./consent-words";
import { GivenOn } from "./given-on";
import { isCutOff, NextToken, plural } from "./words";

const noteKind = { degraded: "warning", needs_reconsent: "error", expiring: "warning", disconnected: "info" } as const;

/** Why it is not healthy, and what to do. */
export function StateNote({ connection: { state, stateReason, stateRemedy, stateSince } }: { connection: Connection }) {
  if (state === "healthy" || !stateReason) return null;
  return (
    <Alert
      type={noteKind[state]}
      showIcon
      className="tm-form-failure"
      message={stateReason}
      description={
        <>
          {stateRemedy} Since <Time at={stateSince} />.
        </>
      }
    />
  );
}

const callsOf = (id: string) =>
  `/calls?${stringifyQuery({ filters: [{ field: "connectionId", operator: "eq", value: id }] })}`;

interface ConnectionFactsProps {
  connection: Connection;
  consent: Consent;
  onDone: () => void;
}

/** Its token, its consent, who looks after it, and what hangs on it. */
export function ConnectionFacts({ connection, consent, onDone }: ConnectionFactsProps) {
  const { token, id } = connection;
  return (
    <Facts
      items={[
        { label: "Next refresh", value: <NextToken connection={connection} /> },
        {
          label: "Last outcome",
          value: (
            <>
              {token.lastOutcome ?? "none yet"} <Time at={token.lastOutcomeAt} none="" past />
            </>
          ),
        },
        {
          label: "Consent given",
          value: (
            <>
              <GivenOn at={connection.consentedAt} />, {regionNames[connection.region]}
            </>
          ),
        },
        { label: "Consent may end", value: <ConsentEnd connection={connection} /> },
        { label: "Reads", value: <Hanging consent={consent} /> },
        ...(isCutOff(connection.state)
          ? []
          : [
              {
                label: "If it were withdrawn",
                value: <Link to={`/consents?view=grantors&details=${id}`}>{withdrawalWords(consent)}</Link>,
              },
            ]),
        { label: "Allows", value: scopesInWords(connection.scopes) },
        { label: "Looked after by", value: <LookedAfter connection={connection} onDone={onDone} /> },
        { label: "Amazon user's email", value: connection.amazonUserEmail ?? "not given" },
        { label: "Calls", value: <Link to={callsOf(id)}>Calls to Amazon</Link> },
      ]}
    />
  );
}

function Hanging({ consent: { accounts, backup, brands } }: { consent: Consent }) {
  const read = accounts.length === 0 ? "No advertiser" : plural(accounts.length, "advertiser");
  return (
    <>
      {read}
      {brands.length > 0 ? <span className="tm-muted"> of {brands.map(({ name }) => name).join(", ")}</span> : null}
      {backup > 0 ? <span className="tm-muted">; back-up of {backup}</span> : null}
    </>
  );
}

/** The owner hears of it when the connection needs a person: one who has left cannot. */
function LookedAfter({
  connection: { id, ownerName, ownerLeft, ownerUserId },
  onDone,
}: Omit<ConnectionFactsProps, "consent">) {
  const viewer = useViewer();
  const { act, busy } = useAct("connections");
  const mayTake = canEverywhere(viewer, "connections.write") && ownerUserId !== viewer.user.id;
  const take = () => act({ id, action: "take-over", done: "You look after it now" }).then(onDone, () => {});
  return (
    <span className="tm-fact-act">
      <Owner name={ownerName} left={ownerLeft} />
      {mayTake ? (
        <Button size="small" loading={busy} onClick={take}>
          Take over
        </Button>
      ) : null}
    </span>
  );
}
