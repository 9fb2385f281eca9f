import type { AmcInstance } from "#server/amc/contract";
import type { AmcTemplate } from "#server/amc/template-contract";
import { Link } from "~/providers/router";
import { Time } from "~/ui/time";
import { TablesTag } from "./tables";

interface QuestionCardProps {
  template: AmcTemplate;
  instance: AmcInstance | null;
}

export function QuestionCard({ template, instance }: QuestionCardProps) {
  const { id, title, question, tags, privacy, builtIn, runs, lastRunAt, tables, paidTables } = template;
  return (
    <article className="tm-tile" aria-labelledby={`question-${id}`}>
      <header>
        <h2 id={`question-${id}`} className="tm-card-title">
          <Link to={`/amc/templates/${id}${instance ? `?instances=${instance.id}` : ""}`}>{question || title}</Link>
        </h2>
      </header>
      <p>{title}</p>
      <TablesTag tables={tables} paidTables={paidTables} instance={instance} />
      {privacy ? <p className="tm-muted tm-card-note">{privacy}</p> : null}
      <footer>
        <span>{builtIn ? "Built in" : "Of your agency"}</span>
        {tags.map((tag) => (
          <span key={tag} className="tm-tag">
            {tag}
          </span>
        ))}
        {runs > 0 ? (
          <span>
            {runs === 1 ? "1 run" : `${runs} runs`}, the last <Time at={lastRunAt} past />
          </span>
        ) : null}
      </footer>
    </article>
  );
}
