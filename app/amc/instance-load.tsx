import { type AmcInstance, amcLimits } from "#server/amc/contract";
import { type ProgressItem, ProgressList } from "~/ui/progress-list";

type Loaded = Pick<AmcInstance, "id" | "name" | "accountId" | "accountName" | "running" | "waiting">;

/** How full Amazon's places are: those of each instance in use, and those of its account. */
export function InstanceLoad({ instances }: { instances: Loaded[] }) {
  const busy = instances.filter(({ running, waiting }) => running + waiting > 0);
  const accounts = [...new Set(busy.map(({ accountId }) => accountId))];
  if (busy.length === 0) return null;
  const items = [
    ...accounts.map((accountId) => {
      const own = instances.filter((one) => one.accountId === accountId);
      const name = own[0]?.accountName ?? accountId;
      return lineOf(accountId, { name: `Account ${name}`, most: amcLimits.perAccount, ...sumOf(own) });
    }),
    ...busy.map(({ id, name, running, waiting }) =>
      lineOf(id, { name, running, waiting, most: amcLimits.perInstance }),
    ),
  ];
  return <ProgressList items={items} label="How full Amazon's places are" />;
}

const sumOf = (instances: readonly Loaded[]) => ({
  running: instances.reduce((sum, { running }) => sum + running, 0),
  waiting: instances.reduce((sum, { waiting }) => sum + waiting, 0),
});

interface Line {
  name: string;
  running: number;
  waiting: number;
  most: number;
}

function lineOf(key: string, { name, running, waiting, most }: Line): ProgressItem {
  const full = running >= most;
  return {
    key,
    label: name,
    name: `Places of ${name} in use`,
    share: Math.min(1, running / most),
    signal: full ? "attention" : "working",
    state: full ? "Full" : "Has room",
    words: `${running} of ${most} at Amazon${waiting > 0 ? `, ${waiting} wait` : ""}`,
  };
}
