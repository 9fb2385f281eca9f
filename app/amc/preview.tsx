// A question over sample data, at once and without a run at Amazon.
import { Alert, Button } from "antd";
import { useState } from "react";
import type { PreviewAnswer, PreviewQuestion } from "#server/amc/template-contract";
import { useAct } from "~/providers/act";
import { StatusTag } from "~/ui/status-tag";
import { useView } from "~/ui/view";
import { currencyWords } from "./answer";
import { AnswerFigure } from "./answer-figure";
import { ProblemList } from "./problem-list";
import { isSame } from "./same";
import { DaysOf, plural } from "./words";

interface PreviewProps {
  question: Partial<PreviewQuestion>;
  title: string;
  disabled?: boolean;
}

export function Preview({ question, title, disabled = false }: PreviewProps) {
  const { act, busy } = useAct("amc-templates");
  const [said, setSaid] = useState<{ answer: PreviewAnswer; to: object } | null>(null);
  const isOld = said !== null && !isSame(said.to, question);
  const ask = () =>
    act<PreviewAnswer>({ action: "preview", input: question }).then(
      (answer) => setSaid({ answer, to: question }),
      () => setSaid(null),
    );
  return (
    <div className="tm-sample">
      <div className="tm-acts">
        <Button onClick={() => void ask()} loading={busy} disabled={disabled}>
          {said ? "Preview again" : "Preview"}
        </Button>
        <span className="tm-muted">
          Sample data of our own, with AMC's thresholds. Nothing is asked of Amazon, and campaigns of yours are not in
          it.
        </span>
      </div>
      <div aria-live="polite">
        {isOld ? (
          <p className="tm-sample-old">
            <StatusTag signal="attention">Of before your change</StatusTag> What is shown was asked with other values or
            SQL. Preview again to see yours.
          </p>
        ) : null}
        {said ? <Shown answer={said.answer} title={title} /> : null}
      </div>
    </div>
  );
}

function Shown({ answer, title }: { answer: PreviewAnswer; title: string }) {
  const { problems, failure, window, hidden, rows } = answer;
  if (problems.some(({ severity }) => severity === "error")) return <ProblemList problems={problems} />;
  if (failure) return <Alert type="error" showIcon message="The sample could not be asked" description={failure} />;
  return (
    <>
      {rows.length > 0 ? (
        <AnswerFigure
          answer={{ ...answer, currency: currencyWords(answer.columns, "sample money") }}
          title={title}
          name={`${title}, on sample data`}
        />
      ) : (
        <p className="tm-muted">
          No row of the sample passes: the data has none for these parameters, or too few users.
        </p>
      )}
      <p className="tm-muted tm-sample-foot">
        Sample of <DaysOf window={window} />. <HiddenWords hidden={hidden} />
      </p>
    </>
  );
}

function HiddenWords({ hidden: { rows, users, columns } }: Pick<PreviewAnswer, "hidden">) {
  const { locale } = useView();
  if (rows === 0) return "Thresholds hide nothing of it.";
  const blamed = columns.map(({ name, required }) => `${name} needs ${required} users a row`).join("; ");
  return `Thresholds hide ${plural(rows, "row", locale)} with ${plural(users, "user", locale)}${blamed ? `: ${blamed}` : ""}.`;
}
