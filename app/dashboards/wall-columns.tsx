import type { WallBrand } from "#server/dashboards/contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/data-table";
import { Time } from "~/ui/time";
import { Count, Money } from "~/ui/values";
import { useView } from "~/ui/view";
import { type SignLine, SignLink, SpentSums, signLines } from "./wall-signs";

function Sign({ brand, of }: { brand: WallBrand; of: SignLine["key"] }) {
  const { locale } = useView();
  const line = signLines(brand, locale).find(({ key }) => key === of);
  return line ? <SignLink words={line.words} /> : null;
}

const signColumn = (of: SignLine["key"], title: string, rest: Partial<Column<WallBrand>> = {}): Column<WallBrand> => ({
  key: of,
  title,
  render: (brand) => <Sign brand={brand} of={of} />,
  ...rest,
});

/** Columns of what at least one of the rows shows; the others nobody may see here. */
export function wallColumns(rows: readonly WallBrand[]): Column<WallBrand>[] {
  const some = (has: (brand: WallBrand) => unknown) => rows.length === 0 || rows.some(has);
  const columns: (Column<WallBrand> | null)[] = [
    {
      key: "name",
      title: "Brand",
      sort: true,
      width: 200,
      render: ({ id, name }) => (
        <Link to={`/brands/${id}`} className="tm-row-name">
          {name}
        </Link>
      ),
    },
    some(({ consent }) => consent) ? signColumn("consent", "Consent") : null,
    some(({ data }) => data) ? signColumn("data", "Data", { sort: "dataThrough" }) : null,
    some(({ spend }) => spend)
      ? {
          key: "spent",
          title: "Spent",
          hint: "In this calendar month, on the days that every account has reported.",
          numeric: true,
          narrow: true,
          render: ({ spend }) => (spend ? <SpentSums spend={spend} edge="right" /> : null),
        }
      : null,
    some(({ spend }) => spend)
      ? {
          key: "monthlyBudget",
          title: "Monthly budget",
          numeric: true,
          render: ({ monthlyBudget, budgetCurrency }) =>
            budgetCurrency ? <Money micros={monthlyBudget} currency={budgetCurrency} show="code" decimals={0} /> : null,
        }
      : null,
    some(({ spend }) => spend)
      ? {
          key: "budgetCurrency",
          title: "Currency",
          hint: "Of the monthly budget.",
          optional: true,
          render: ({ budgetCurrency }) => budgetCurrency ?? "",
        }
      : null,
    some(({ spend }) => spend) ? signColumn("spend", "Pace", { sort: "deviation", narrow: true }) : null,
    some(({ work }) => work) ? signColumn("work", "Work") : null,
    some(({ alerts }) => alerts) ? signColumn("alerts", "Alerts") : null,
    some(({ accounts }) => accounts !== null)
      ? {
          key: "accounts",
          title: "Accounts",
          numeric: true,
          sort: true,
          render: ({ id, accounts }) => (
            <Link to={`/accounts?brand=${id}`}>
              <Count value={accounts} />
            </Link>
          ),
        }
      : null,
    { key: "ownerName", field: "ownerUserId", title: "Owner", sort: true, render: ({ ownerName }) => ownerName ?? "" },
    some(({ tags }) => tags.length > 0)
      ? { key: "tags", title: "Tags", sort: true, render: ({ tags }) => <Tags tags={tags} /> }
      : null,
    {
      key: "createdAt",
      title: "Created",
      sort: true,
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
  ];
  return columns.filter((column) => column !== null);
}

export function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="tm-tags">
      {tags.map((tag) => (
        <span key={tag} className="tm-tag">
          {tag}
        </span>
      ))}
    </span>
  );
}
