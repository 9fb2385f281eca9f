import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert, Button, Form } from "antd";
import { type FormEvent, useMemo, useState } from "react";
import type { CustomReport } from "#server/reports/contract";
import { type Problems, problemsOf, type Question } from "#server/reports/question-contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { keepsLoader } from "~/revalidate";
import { usePlace } from "~/shell/use-place";
import { addDays } from "~/ui/date-range";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { beginWith } from "./question-defaults";
import { QuestionFields } from "./question-fields";
import { loadNewReport } from "./reports.server";

export const meta: MetaFunction = () => [{ title: "New custom report · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadNewReport(args);
export const shouldRevalidate = keepsLoader();

export default function NewReport() {
  const { types, accounts, now, from } = useLoaderData<typeof loader>();
  const [first] = types;
  if (!first || accounts.length === 0) {
    return (
      <Page title="New custom report" trail={[{ label: "Custom reports", to: "/custom-reports" }]}>
        <EmptyState title="No account to ask about">
          Reports are of DSP advertisers of your brands; there is none yet. Look at Accounts.
        </EmptyState>
      </Page>
    );
  }
  const today = now.slice(0, 10);
  const begun: Question = from
    ? {
        name: from.name,
        type: from.type,
        groupBy: from.groupBy,
        columns: from.columns,
        timeUnit: from.timeUnit,
        from: from.from,
        to: from.to,
        accountIds: from.asks.map(({ accountId }) => accountId),
      }
    : {
        name: "",
        ...beginWith(first),
        from: addDays(today, -7),
        to: addDays(today, -1),
        accountIds: accounts.slice(0, 1).map(({ id }) => id),
      };
  return <QuestionForm types={types} accounts={accounts} now={now} begun={begun} />;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type QuestionFormProps = Pick<Loaded, "types" | "accounts" | "now"> & { begun: Question };

const dayIn = (zone: string, now: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(new Date(now));

function QuestionForm({ types, accounts, now, begun }: QuestionFormProps) {
  const { goTo } = usePlace();
  const http = useMemo(createHttp, []);
  const [draft, setDraft] = useState(begun);
  const [said, setSaid] = useState<ApiError | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const type = types.find(({ id }) => id === draft.type);
  const zones = accounts.filter(({ id }) => draft.accountIds.includes(id)).map(({ timeZone }) => timeZone);
  const today = (zones.length > 0 ? zones : ["UTC"]).map((zone) => dayIn(zone, now)).sort()[0] ?? now.slice(0, 10);
  const limits: Problems = type ? problemsOf(type, draft, today) : {};
  const missing: Problems = {
    ...(draft.name.trim() === "" ? { name: "Give the report a name." } : {}),
    ...(draft.accountIds.length === 0 ? { accountIds: "Choose at least one account." } : {}),
    ...(draft.columns.length === 0 ? { columns: "Choose at least one column." } : {}),
    ...(draft.groupBy.length === 0 ? { groupBy: "Choose what the rows are of." } : {}),
  };
  const problems = { ...said?.errors, ...limits, ...(tried ? missing : {}) } as Problems;
  const change = (next: Partial<Question>) => {
    setSaid(null);
    setDraft((was) => ({ ...was, ...next }));
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys({ ...limits, ...missing }).length > 0) return;
    setBusy(true);
    try {
      const { data } = await http.post<CustomReport>(actionUrl("custom-reports"), draft);
      goTo(`/custom-reports/${data.id}`);
    } catch (thrown) {
      setSaid(thrown as ApiError);
      setBusy(false);
    }
  };
  return (
    <Page
      title="New custom report"
      description="What Amazon would refuse is said here before it is asked. One request is made for each account."
      trail={[{ label: "Custom reports", to: "/custom-reports" }]}
    >
      <form className="tm-question" onSubmit={(event) => void send(event)} noValidate>
        {said && !said.errors ? (
          <Alert type="error" role="alert" showIcon message={said.message} description={said.remedy} />
        ) : null}
        <Form layout="vertical" component={false}>
          {type ? <QuestionFields {...{ types, type, accounts, draft, problems }} onChange={change} /> : null}
        </Form>
        <div>
          <Button type="primary" htmlType="submit" loading={busy}>
            Ask Amazon {draft.accountIds.length > 1 ? `about ${draft.accountIds.length} accounts` : ""}
          </Button>
        </div>
      </form>
    </Page>
  );
}
