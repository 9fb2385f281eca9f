// What moved since a moment: the days of accounts that say something else now, by how much, when it changed and why.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import type { Restatement } from "./history-contract";
import { metricIds, type Sums, valuesOf } from "./metrics";
import { restatementShownTo } from "./money";
import { type MovedDay, movedDays } from "./restatement-store";
import { readScope, type ScopedAccount } from "./scope";
import { momentOf, viewOf } from "./view";

const weekMs = 7 * 24 * 3_600_000;

/** The newest day first. `since` is the moment that is compared with, a week ago unless said otherwise; `asOf` the later one. */
export async function listRestatements(tx: TxCtx, query: ListQuery): Promise<ListResult<Restatement>> {
  requireRead(tx, "insights.read", "anyBrand");
  const scope = await readScope(
    tx,
    {
      brandIds: filterValues(query, "brandId") ?? undefined,
      accountIds: filterValues(query, "accountId") ?? undefined,
    },
    viewOf(query),
  );
  const until = scope.at ?? tx.now();
  const since = sinceOf(query, until);
  const { items, total } = await movedDays(tx, { accounts: scope.accounts, since, until }, query);
  const byId = new Map(scope.accounts.map((account) => [account.id, account]));
  return {
    items: items.flatMap((moved) => {
      const account = byId.get(moved.accountId);
      return account ? [show(account, moved)] : [];
    }),
    total,
  };
}

function sinceOf(query: ListQuery, until: Date): Date {
  const [text] = filterValues(query, "since") ?? [];
  try {
    return momentOf({ asOf: text }, until) ?? new Date(until.getTime() - weekMs);
  } catch {
    throw new AppError("malformed", "The parameter since does not name a moment before the one looked at.", {
      fields: { since: "use ISO 8601 with a zone, such as 2026-11-20T14:00:00Z" },
    });
  }
}

function show(account: ScopedAccount, moved: MovedDay): Restatement {
  const values = (sums: Sums) => valuesOf(metricIds, sums);
  const shown = {
    id: `${account.id}:${moved.day}:${moved.currency}`,
    accountId: account.id,
    accountName: account.name,
    brandId: account.brandId,
    brandName: account.brandName,
    day: moved.day,
    currency: moved.currency,
    before: moved.before && values(moved.before),
    after: values(moved.after),
    movedAt: moved.movedAt.toISOString(),
    age: moved.age,
    changes: moved.changes,
    cause: moved.cause,
  };
  return restatementShownTo(shown, account.moneyHidden);
}
