import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert, Button } from "antd";
import { useState } from "react";
import { amcLimits } from "#server/amc/contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { LinkButton } from "~/ui/link-button";
import { stringifyQuery } from "~/ui/list-params";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { AttachDrawer } from "./attach-drawer";
import { InstanceAdvertisers } from "./instance-advertisers";
import { InstanceDrawer } from "./instance-drawer";
import { loadInstance } from "./instances.server";
import { DaysOf, ExecutionTag, InstanceTag } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.instance.name ?? "AMC instance"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadInstance(args);

/** One instance: whether it can be asked, whose data it holds, which tables. */
export default function InstancePage() {
  const { instance, runs, advertisers } = useLoaderData<typeof loader>();
  const reread = useReread();
  useNews(["amc-instances", "amc-executions"], reread);
  const mayWrite = can(useViewer(), "instances.write");
  const { act, busy } = useAct("amc-instances");
  const [drawer, setDrawer] = useState<"edit" | "attach" | null>(null);
  const { id, name, note, amazonId, accountName, brandName, timeZone, running, waiting, checkedAt, tables } = instance;
  const close = () => setDrawer(null);
  const look = () => act({ id, action: "check", done: "Amazon is being asked" }).catch(() => {});
  return (
    <Page
      title={name}
      description={
        amazonId ? `Amazon's ${amazonId}, in the AMC account ${accountName}.` : `In the AMC account ${accountName}.`
      }
      state={
        <span aria-live="polite">
          <InstanceTag state={instance.state} note={null} />
        </span>
      }
      action={
        <>
          {mayWrite ? <Button onClick={() => setDrawer("edit")}>Edit</Button> : null}
          {mayWrite ? (
            <Button disabled={busy} onClick={() => void look()}>
              Look at it anew
            </Button>
          ) : null}
          <LinkButton type="primary" to={`/amc?instances=${id}`}>
            Ask a question
          </LinkButton>
        </>
      }
      trail={[{ label: "AMC instances", to: "/amc/instances" }]}
    >
      {note ? <Alert type="info" showIcon message={note} className="tm-form-failure" /> : null}
      <Facts
        items={[
          { label: "Brand", value: brandName ?? "none" },
          { label: "Days are of", value: timeZone },
          {
            label: "Runs",
            value: `${running} of ${amcLimits.perInstance} at Amazon${waiting > 0 ? `, ${waiting} wait` : ""}`,
          },
          { label: "Looked at", value: <Time at={checkedAt} past /> },
        ]}
      />
      <InstanceAdvertisers instance={instance} mayWrite={mayWrite} onAdd={() => setDrawer("attach")} />
      <Section title="Tables">
        {tables.length > 0 ? (
          <ul className="tm-names">
            {tables.map((table) => (
              <li key={table}>
                <code>{table}</code>
              </li>
            ))}
          </ul>
        ) : (
          <p className="tm-muted">Amazon has not said yet which there are.</p>
        )}
      </Section>
      <Section title="Latest runs" side={<Link to={runsOf(id)}>All runs</Link>}>
        <ul className="tm-runs-alike">
          {runs.map((run) => (
            <li key={run.id}>
              <Link to={`/amc/runs/${run.id}`}>{run.title}</Link> <ExecutionTag state={run.state} />{" "}
              <span className="tm-muted">
                <DaysOf window={run.window} />, asked <Time at={run.createdAt} past />
              </span>
            </li>
          ))}
        </ul>
        {runs.length === 0 ? <p className="tm-muted">Nobody has asked it anything yet.</p> : null}
      </Section>
      <InstanceDrawer instance={instance} open={drawer === "edit"} onClose={close} onDone={reread} />
      <AttachDrawer
        instance={instance}
        accounts={advertisers}
        open={drawer === "attach"}
        onClose={close}
        onDone={reread}
      />
    </Page>
  );
}

const runsOf = (id: string) =>
  `/amc/runs?${stringifyQuery({ filters: [{ field: "instanceId", operator: "eq", value: id }] })}`;
