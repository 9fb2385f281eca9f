// The first time: what to do next until a first dashboard is full.
import type { HomeOverview } from "#server/insights/contract";
import { Link } from "~/providers/router";
import { type ProgressItem, ProgressList } from "~/ui/progress-list";
import type { Signal } from "~/ui/status-tag";

type Journey = HomeOverview["journey"];

export const isUnderWay = ({ connections, assigned, backfill }: Journey): boolean =>
  connections === 0 || assigned === 0 || backfill.total === 0 || backfill.done + backfill.failed < backfill.total;

interface Step {
  key: string;
  title: string;
  share: number;
  words: string;
  /** What there is to do, once the steps before are done. */
  todo: { to: string; label: string };
}

function stepsOf({ connections, advertisers, assigned, backfill }: Journey, firstBrand: string | null): Step[] {
  const filled = backfill.total > 0 ? (backfill.done + backfill.failed) / backfill.total : 0;
  return [
    {
      key: "connect",
      title: "Connect Amazon",
      share: connections > 0 ? 1 : 0,
      words: connections > 0 ? `${advertisers} advertisers found` : "Someone with access to the DSP consents at Amazon",
      todo: { to: "/connections/new", label: "Connect Amazon" },
    },
    {
      key: "assign",
      title: "Give accounts to brands",
      share: assigned > 0 ? 1 : 0,
      words: `${assigned} of ${advertisers} advertisers belong to a brand`,
      todo: { to: "/accounts", label: "Assign accounts" },
    },
    {
      key: "fill",
      title: "Watch the data come",
      share: filled,
      words:
        backfill.total > 0
          ? `${backfill.done} of ${backfill.total} pieces of the last 95 days`
          : "95 days, newest first",
      todo: { to: "/sync", label: "Watch" },
    },
    {
      key: "look",
      title: "Open the dashboard",
      share: filled === 1 && assigned > 0 ? 1 : 0,
      words: "Tiles, days and campaigns of a brand",
      todo: { to: firstBrand ? `/brands/${firstBrand}` : "/brands", label: "Open" },
    },
  ];
}

export function JourneyList({ journey, firstBrand }: { journey: Journey; firstBrand: string | null }) {
  const steps = stepsOf(journey, firstBrand);
  const next = steps.findIndex(({ share }) => share < 1);
  const items = steps.map((step, index): ProgressItem => {
    const [signal, state]: [Signal, string] =
      step.share === 1 ? ["ok", "Done"] : index === next ? ["working", "Next"] : ["waiting", "Later"];
    return {
      key: step.key,
      name: step.title,
      label: step.title,
      share: step.share,
      signal,
      state,
      words: step.words,
      action: index <= next || step.share > 0 ? <Link to={step.todo.to}>{step.todo.label}</Link> : null,
    };
  });
  return <ProgressList label="First steps" items={items} />;
}
