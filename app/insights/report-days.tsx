// The days of each report of an account as a strip: what is here, what is coming, what is missing and why.
import { useList } from "@refinedev/core";
import { Button, Select } from "antd";
import type { AccountSync } from "#server/insights/contract";
import type { CoverageState, DaySpan, DayState, ReportCoverage } from "#server/insights/report-contract";
import { useAct } from "~/providers/act";
import type { ApiError } from "~/providers/data";
import { useUrlParam } from "~/providers/router";
import { formatDay } from "~/ui/format";
import { Section } from "~/ui/page";
import { EmptyState, ErrorState } from "~/ui/states";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { TableSkeleton } from "~/ui/table-skeleton";
import { Time } from "~/ui/time";
import { useView } from "~/ui/view";

const stateWords: Record<DayState, string> = {
  final: "final",
  settling: "may still change",
  coming: "on its way",
  missing: "missing",
  lost: "no longer kept by Amazon",
};

const standing: Record<CoverageState, { signal: Signal; word: string }> = {
  waiting: { signal: "waiting", word: "Waiting" },
  filling: { signal: "working", word: "Filling" },
  complete: { signal: "ok", word: "Complete" },
  gaps: { signal: "attention", word: "Gaps" },
  refused: { signal: "problem", word: "Refused" },
};

const mostTypes = 20;
const gapsNamed = 3;

export function ReportDays({ syncs, mayFill }: { syncs: AccountSync[]; mayFill: boolean }) {
  const [chosen, choose] = useUrlParam("account");
  const account = syncs.find(({ id }) => id === chosen) ?? syncs[0];
  if (!account) return null;
  const choice =
    syncs.length > 1 ? (
      <Select
        aria-label="Account of the reports"
        showSearch
        optionFilterProp="label"
        value={account.id}
        onChange={(id: string) => choose(id)}
        options={syncs.map(({ id, name }) => ({ value: id, label: name }))}
        popupMatchSelectWidth={280}
      />
    ) : (
      <span className="tm-muted">{account.name}</span>
    );
  return (
    <Section title="Days of each report" side={choice}>
      <Strips key={account.id} accountId={account.id} mayFill={mayFill} />
    </Section>
  );
}

function Strips({ accountId, mayFill }: { accountId: string; mayFill: boolean }) {
  const { result, query } = useList<ReportCoverage, ApiError>({
    resource: "report-coverage",
    filters: [{ field: "accountId", operator: "eq", value: accountId }],
    pagination: { currentPage: 1, pageSize: mostTypes },
    liveMode: "auto",
    errorNotification: false,
  });
  if (query.isLoading) return <TableSkeleton columns={[{ key: "report", title: "Report" }]} rows={6} />;
  if (query.isError) {
    const retry = () => void query.refetch();
    return <ErrorState title="The days could not be loaded" error={query.error as ApiError} onRetry={retry} />;
  }
  if (result.data.length === 0) {
    return (
      <EmptyState title="The days of each report will be shown here">This account reports nothing yet.</EmptyState>
    );
  }
  return (
    <>
      <ul className="tm-strip-key" aria-label="What the strips say">
        {Object.entries(stateWords).map(([state, words]) => (
          <li key={state}>
            <i className={`tm-day-${state}`} aria-hidden="true" />
            {words}
          </li>
        ))}
      </ul>
      <ul className="tm-progress" aria-label="Reports">
        {result.data.map((report) => (
          <Strip key={report.id} report={report} mayFill={mayFill} />
        ))}
      </ul>
    </>
  );
}

function Strip({ report, mayFill }: { report: ReportCoverage; mayFill: boolean }) {
  const { locale } = useView();
  const { act, busy } = useAct("report-coverage");
  const { label, state, note, spans, from, to } = report;
  const missing = spans.filter((span) => span.state === "missing");
  const [first, last] = [missing[0], missing.at(-1)];
  const fill = () => {
    const input = { from: first?.from, to: last?.to };
    act({ id: report.id, action: "fill", input, done: "Amazon is asked for the missing days" }).catch(() => {});
  };
  const { signal, word } = standing[state];
  const said = spans.map((span) => `${daysOf(span, locale)} ${stateWords[span.state]}`).join("; ");
  return (
    <li>
      <div className="tm-progress-head">
        <span className="tm-progress-label">{label}</span>
        <StatusTag signal={signal} why={note}>
          {word}
        </StatusTag>
      </div>
      <div className="tm-strip" role="img" aria-label={`${label}, ${daysOf({ from, to }, locale)}: ${said}`}>
        {spans.map((span) => (
          <span
            key={span.from}
            className={`tm-day-${span.state}`}
            style={{ flexGrow: lengthOf(span) }}
            data-tip={`${daysOf(span, locale)}: ${stateWords[span.state]}`}
          />
        ))}
      </div>
      <div className="tm-progress-foot">
        <Foot report={report} missing={missing} />
        {mayFill && first ? (
          <Button size="small" disabled={busy || state === "filling"} onClick={fill}>
            {missing.length === 1 ? "Fill the gap" : "Fill the gaps"}
            <span className="tm-unseen"> of {label}</span>
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Foot({ report, missing }: { report: ReportCoverage; missing: DaySpan[] }) {
  const { locale } = useView();
  const { days, period, syncedAt, note, rejectedRows, spans } = report;
  const lost = spans.filter(({ state }) => state === "lost");
  const named = missing.slice(0, gapsNamed).map((span) => daysOf(span, locale));
  const more = missing.length - named.length;
  return (
    <span>
      {days.known} of {days.kept} days{period === "month" ? ", asked for by whole months" : ""}
      {syncedAt ? (
        <>
          {" "}
          · as of <Time at={syncedAt} />
        </>
      ) : null}
      {named.length > 0 ? ` · missing: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}` : ""}
      {lost.length > 0
        ? ` · ${lost.reduce((sum, span) => sum + lengthOf(span), 0)} days are older than Amazon keeps, and cannot be fetched any more`
        : ""}
      {note ? ` · ${note}` : ""}
      {rejectedRows > 0 ? ` · ${rejectedRows} rows could not be read` : ""}
    </span>
  );
}

const dayMs = 86_400_000;
const lengthOf = ({ from, to }: Pick<DaySpan, "from" | "to">): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

const daysOf = ({ from, to }: Pick<DaySpan, "from" | "to">, locale: string): string =>
  from === to
    ? formatDay(from, { locale, year: false })
    : `${formatDay(from, { locale, year: false })} – ${formatDay(to, { locale, year: false })}`;
