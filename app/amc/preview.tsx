// A question over sample data, at once and without a run at Amazon.
import { Alert, Button } from "antd";
import { useState } from "react";
import type { PreviewAnswer, PreviewQuestion } from "#server/amc/template-contract";
import { useAct } from "~/providers/act";
import { useView } from "~/ui/view";
import { AnswerFigure } from "./answer-figure";
import { ProblemList } from "./problem-list";
import { DaysOf, plural } from "./words";

interface PreviewProps {
  question: Partial<PreviewQuestion>;
  title: string;
  disabled?: boolean;
}

export function Preview({ question, title, disabled = false }: PreviewProps) {
  const { act, busy } = useAct("amc-templates");
  const [answer, setAnswer] = useState<PreviewAnswer | null>(null);
  const ask = () => act<PreviewAnswer>({ action: "preview", input: question }).then(setAnswer, () => setAnswer(null));
  return (
    <div className="tm-sample">
      <div className="tm-acts">
        <Button onClick={() => void ask()} loading={busy} disabled={disabled}>
          {answer ? "Preview again" : "Preview"}
        </Button>
        <span className="tm-muted">
          Sample data of our own, with AMC's thresholds. Nothing is asked of Amazon, and campaigns of yours are not in
          it.
        </span>
      </div>
      <div aria-live="polite">{answer ? <Shown answer={answer} title={title} /> : null}</div>
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
        <AnswerFigure answer={{ ...answer, currency: null }} title={title} name={`${title}, on sample data`} />
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
