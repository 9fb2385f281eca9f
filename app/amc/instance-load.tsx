import { type AccountLoad, type AmcInstance, amcLimits } from "#server/amc/contract";
import { type ProgressItem, ProgressList } from "~/ui/progress-list";

type Loaded = Pick<AmcInstance, "id" | "name" | "accountId" | "accountName" | "running" | "waiting">;

interface InstanceLoadProps {
  /** Of the chosen brand, or all. */
  instances: Loaded[];
  /** With the runs of all brands: they share an account's places. */
  accounts: AccountLoad[];
}

/** How full Amazon's places are: those of each instance in use, and those of its account. */
export function InstanceLoad({ instances, accounts }: InstanceLoadProps) {
  const busy = instances.filter(({ running, waiting }) => running + waiting > 0);
  const ofAccounts = accounts.flatMap(({ accountId, ...load }) => {
    const name = instances.find((one) => one.accountId === accountId)?.accountName;
    return name
      ? [lineOf(accountId, { name: `Account ${name}, all brands`, most: amcLimits.perAccount, ...load })]
      : [];
  });
  const ofInstances = busy.map(({ id, name, running, waiting }) =>
    lineOf(id, { name, running, waiting, most: amcLimits.perInstance }),
  );
  const items = [...ofAccounts, ...ofInstances];
  return items.length > 0 ? <ProgressList items={items} label="How full Amazon's places are" /> : null;
}

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
