// What is known of the days of a chart: marks under it, and a list beneath. Notes are written on a day, by click or by key.
import { useList } from "@refinedev/core";
import { Button, Checkbox } from "antd";
import { type ReactNode, useState } from "react";
import { type Annotation, type AnnotationKind, annotationKinds } from "#server/insights/annotation-contract";
import { can } from "~/providers/access-control";
import type { ApiError } from "~/providers/data";
import { useUrlParam } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import type { ResolvedRange } from "~/ui/date-range";
import type { DayMark } from "~/ui/day-marks";
import { formatDay } from "~/ui/format";
import { ErrorState } from "~/ui/states";
import { useView } from "~/ui/view";
import { AnnotationList } from "./annotation-list";
import { kindWords, markOf } from "./annotation-words";
import { filtersOf } from "./filters-of";
import { NoteDrawer, type NoteOf } from "./note-drawer";

interface AnnotatedProps {
  of: NoteOf;
  range: ResolvedRange;
  /** Draws the chart with its marks. */
  children(marks: readonly DayMark[], onDay: (day: string) => void): ReactNode;
}

const most = 200;
/** The parameter of the URL that names the kinds shown; without it all are. */
const kindsParam = "notes";

function useKinds(): [AnnotationKind[], (kinds: AnnotationKind[]) => void] {
  const [text, setText] = useUrlParam(kindsParam);
  const kinds = text === null ? [...annotationKinds] : annotationKinds.filter((kind) => text.split(",").includes(kind));
  return [
    kinds,
    (next) => setText(next.length === annotationKinds.length ? null : next.length > 0 ? next.join() : "none"),
  ];
}

export function Annotated({ of, range, children }: AnnotatedProps) {
  const { locale } = useView();
  const mayWrite = can(useViewer(), "annotations.write") && range.asOf === null;
  const [kinds, setKinds] = useKinds();
  const [day, setDay] = useState<string | null>(null);
  const [note, setNote] = useState<{ day: string } | { id: string } | null>(null);
  const { result, query } = useList<Annotation, ApiError>({
    resource: "annotations",
    filters: filtersOf(of, range),
    pagination: { currentPage: 1, pageSize: most },
    liveMode: "auto",
    errorNotification: false,
  });
  const shown = result.data.filter(({ kind }) => kinds.includes(kind));
  const listed = day ? shown.filter(({ from, to }) => from <= day && day <= to) : shown;
  const onDay = (chosen: string) => {
    setDay(chosen);
    // A finger chooses a day first, and writes on it with a second tap.
    const writes = chosen === day || window.matchMedia("(pointer: fine)").matches;
    if (mayWrite && writes) setNote({ day: chosen });
  };
  const present = annotationKinds.filter((kind) => result.data.some((one) => one.kind === kind));
  return (
    <>
      {children(shown.map(markOf), onDay)}
      <div className="tm-notes">
        <div className="tm-notes-tools">
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a width of its own */}
          <div role="group" aria-label="Kinds of notes shown">
            <Checkbox.Group
              value={kinds}
              onChange={(chosen) =>
                setKinds(
                  annotationKinds.filter((kind) =>
                    !present.includes(kind) ? kinds.includes(kind) : chosen.includes(kind),
                  ),
                )
              }
              options={present.map((kind) => ({
                value: kind,
                label: `${kindWords[kind].many} ${result.data.filter((one) => one.kind === kind).length}`,
              }))}
            />
          </div>
          {day ? (
            <Button size="small" type="link" onClick={() => setDay(null)}>
              Only {formatDay(day, { locale })}; show all days
            </Button>
          ) : null}
          {mayWrite ? (
            <Button size="small" onClick={() => setNote({ day: day ?? range.to })}>
              Add a note
            </Button>
          ) : null}
        </div>
        {query.isError ? (
          <ErrorState title="Notes could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && listed.length === 0 ? (
          <p className="tm-muted">{emptyWords({ any: result.data.length > 0, day: day !== null, mayWrite })}</p>
        ) : null}
        <AnnotationList items={listed} onEdit={range.asOf === null ? (id) => setNote({ id }) : null} />
        {(result.total ?? 0) > most ? (
          <p className="tm-muted">
            The newest {most} of {result.total} are shown; choose fewer days to see the others.
          </p>
        ) : null}
      </div>
      <NoteDrawer of={of} note={note} onClose={() => setNote(null)} />
    </>
  );
}

function emptyWords({ any, day, mayWrite }: { any: boolean; day: boolean; mayWrite: boolean }): string {
  if (any) return day ? "Nothing is noted on this day." : "Nothing of the kinds chosen is noted on these days.";
  const what = "Changes, lost consents, missing days and late restatements are marked here.";
  return mayWrite
    ? `Nothing is noted on these days. ${what} Click a day, or tap it twice, to write a note.`
    : `Nothing is noted on these days. ${what}`;
}
