import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "antd";
import type { ChangeItem, ChangeSet } from "#server/insights/change-contract";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { ChangeTable } from "./change-table";
import { count, SetTag } from "./change-words";
import { loadChangeSet } from "./changes.server";
import { NoteField } from "./note-field";
import { SetActions } from "./set-actions";

export const meta: MetaFunction = () => [{ title: "Review changes · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadChangeSet(args);
export const shouldRevalidate = keepsLoader();

const titles: Record<ChangeSet["state"], string> = {
  draft: "Review changes",
  applying: "Changes being applied",
  applied: "Changes applied",
  partly: "Changes partly applied",
  failed: "Changes not applied",
  discarded: "Changes discarded",
};

function Story({ set }: { set: ChangeSet }) {
  const { counts, createdBy, createdAt, appliedBy, startedAt, undoes, undoneBy } = set;
  const done = counts.items - counts.waiting;
  return (
    <>
      {count(counts.changes, "change")} in {count(counts.campaigns, "campaign")}, put together by {createdBy}{" "}
      <Time at={createdAt} past />
      {appliedBy ? (
        <>
          , applied by {appliedBy} <Time at={startedAt} past />
        </>
      ) : null}
      .
      {undoes ? (
        <>
          {" "}
          Takes back <Link to={`/changes/${undoes}`}>earlier changes</Link>.
        </>
      ) : null}
      {undoneBy ? (
        <>
          {" "}
          <Link to={`/changes/${undoneBy}`}>Taken back, or about to be</Link>.
        </>
      ) : null}
      {set.state === "applying" ? (
        <span aria-live="polite">
          {" "}
          {done} of {counts.items} answered.
        </span>
      ) : null}
    </>
  );
}

/** One line an account: why nothing of it will be sent. */
function Refusals({ items }: { items: ChangeItem[] }) {
  const whole = items.flatMap(({ accountName, findings }) =>
    findings.flatMap(({ kind, field, message, remedy }) =>
      kind === "problem" && field === null ? [{ accountName, message, remedy }] : [],
    ),
  );
  const lines = [...new Map(whole.map((one) => [`${one.message}`, one])).values()];
  return lines.map(({ accountName, message, remedy }) => (
    <Alert
      key={message}
      type="warning"
      showIcon
      message={message.includes(accountName) ? message : `${accountName}: ${message}`}
      description={remedy}
      className="tm-form-failure"
    />
  ));
}

export default function ChangeSetPage() {
  const { set } = useLoaderData<typeof loader>();
  const revalidate = useReread();
  useNews(["change-sets"], revalidate);
  const items = set.items ?? [];
  return (
    <Page
      title={titles[set.state]}
      description={<Story set={set} />}
      state={<SetTag state={set.state} />}
      action={<SetActions set={set} onChanged={revalidate} />}
      trail={[{ label: "Changes", to: "/changes" }]}
      width="full"
    >
      {set.state === "draft" ? <Refusals items={items} /> : null}
      <NoteField set={set} />
      <Section title="Before and after">
        {items.length > 0 ? (
          <ChangeTable set={set} onChanged={revalidate} />
        ) : (
          <EmptyState title="Nothing is left of it" action={<Link to="/campaigns">Go to campaigns</Link>}>
            Every change was taken out again.
          </EmptyState>
        )}
      </Section>
    </Page>
  );
}
