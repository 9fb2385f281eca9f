import type { AmcBatch } from "#server/amc/execution-contract";
import { Link } from "~/providers/router";
import { type ProgressItem, ProgressList } from "~/ui/progress-list";
import { Time } from "~/ui/time";

/** How far each batch is, and when it will be over. */
export const BatchList = ({ batches }: { batches: AmcBatch[] }) => (
  <ProgressList items={batches.map(lineOf)} label="Batches" />
);

function lineOf(batch: AmcBatch): ProgressItem {
  const { id, title, total, done, failed, cancelled, running, waiting, reused, oldestReusedAt, etaAt, finishedAt } =
    batch;
  const over = done + failed + cancelled;
  return {
    key: id,
    label: <Link to={`/amc/runs/batches/${id}`}>{title}</Link>,
    name: title,
    share: total === 0 ? 1 : over / total,
    signal: failed > 0 ? "attention" : finishedAt ? "ok" : "working",
    state: finishedAt ? "Over" : "Under way",
    words: (
      <>
        {done} of {total} done{failed > 0 ? `, ${failed} failed` : ""}
        {cancelled > 0 ? `, ${cancelled} cancelled` : ""}, {running} at Amazon, {waiting} wait
        {reused > 0 ? (
          <>
            ; {reused} not asked again
            {oldestReusedAt ? (
              <>
                , their oldest answer <Time at={oldestReusedAt} past />
              </>
            ) : null}
          </>
        ) : null}
        {etaAt && !finishedAt ? (
          <>
            ; over <Time at={etaAt} />
          </>
        ) : null}
      </>
    ),
  };
}
