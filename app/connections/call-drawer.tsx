import { Drawer } from "antd";
import type { AmazonCall } from "#server/connections/call-contract";
import { regionNames } from "#server/connections/contract";
import { Link } from "~/providers/router";
import { CopyButton } from "~/ui/copy-button";
import { Facts } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { CallTag, failureWords, operationWords } from "./call-words";

const none = <span className="tm-muted">none</span>;

/** One call, whole. */
export function CallDrawer({ call, onClose }: { call: AmazonCall | null; onClose: () => void }) {
  return (
    <Drawer
      open={call !== null}
      onClose={onClose}
      title={call ? operationWords(call.operation) : ""}
      width="min(480px, 100vw)"
    >
      {call ? <Facts items={factsOf(call)} /> : null}
    </Drawer>
  );
}

const factsOf = (call: AmazonCall) => [
  { label: "Ended", value: <CallTag call={call} /> },
  ...(call.errorClass ? [{ label: "Why", value: call.error ?? failureWords(call.errorClass) }] : []),
  { label: "Sent", value: <Time at={call.at} /> },
  {
    label: "Took",
    value: (
      <>
        <Count value={call.durationMs} /> ms
      </>
    ),
  },
  { label: "Operation", value: <code>{call.operation}</code> },
  {
    label: "Address",
    value: (
      <code className="tm-breaks">
        {call.method} {call.path}
      </code>
    ),
  },
  { label: "Region", value: regionNames[call.region] },
  { label: "Amazon's request id", value: call.requestId ? <RequestId id={call.requestId} /> : none },
  { label: "Brand", value: linked(call.brandId, call.brandName, "brands") },
  { label: "Account", value: linked(call.accountId, call.accountName, "accounts") },
  { label: "Connection", value: linked(call.connectionId, call.connectionName, "connections") },
  { label: "Made by", value: originWords(call.origin) },
];

function RequestId({ id }: { id: string }) {
  return (
    <>
      <code className="tm-breaks">{id}</code> <CopyButton text={id} what="request id" />
    </>
  );
}

/** What is gone has no name any more. */
function linked(id: string | null, name: string | null, place: string) {
  if (!id) return none;
  return name ? <Link to={`/${place}/${id}`}>{name}</Link> : <code className="tm-breaks">{id}</code>;
}

/** A person by name, a job by its own. */
export const originWords = (origin: string) =>
  origin.startsWith("person: ") ? origin.slice("person: ".length) : <code>{origin}</code>;
