import type { WallBrand } from "#server/dashboards/contract";
import type { Brand, MemberRole } from "#server/workspace/contract";
import { Link } from "~/providers/router";
import { Facts, Section } from "~/ui/page";
import { Money } from "~/ui/values";
import { useView } from "~/ui/view";
import { Tags } from "./wall-columns";
import { PaceBar, SignLink, SpentSums, signLines } from "./wall-signs";
import { plural } from "./wall-words";

interface BrandFactsProps {
  brand: Brand;
  /** Null where the brand is archived, and as of an earlier moment. */
  signs: WallBrand | null;
  /** Null for those who may not know. */
  people: { id: string; name: string; roles: MemberRole[] }[] | null;
}

/** Who looks after the brand, what it means to spend, who has access, and how it stands. */
export function BrandFacts({ brand, signs, people }: BrandFactsProps) {
  const { locale } = useView();
  const { id, ownerName, tags, monthlyBudget, budgetCurrency } = brand;
  const spend = signs?.spend;
  const items = [
    { label: "Owner", value: ownerName ?? <span className="tm-muted">nobody</span> },
    ...(tags.length > 0 ? [{ label: "Tags", value: <Tags tags={tags} /> }] : []),
    {
      label: "Monthly budget",
      value: budgetCurrency ? (
        <Money micros={monthlyBudget} currency={budgetCurrency} show="code" decimals={0} />
      ) : (
        <span className="tm-muted">none</span>
      ),
    },
    ...(spend
      ? [
          {
            label: "Spent this month",
            value: (
              <>
                <SpentSums spend={spend} />
                <PaceBar spend={spend} />
              </>
            ),
          },
        ]
      : []),
    ...(signs && signs.accounts !== null
      ? [
          {
            label: "Accounts",
            value: <Link to={`/accounts?brand=${id}`}>{plural(signs.accounts, "account")}</Link>,
          },
        ]
      : []),
    ...(signs ? signLines(signs, locale) : []).map(({ label, words }) => ({
      label,
      value: <SignLink words={words} />,
    })),
  ];
  return (
    <Section title="Brand">
      <Facts items={items} />
      {people ? <People people={people} /> : null}
    </Section>
  );
}

const roleWords = (roles: readonly MemberRole[]): string =>
  roles.map(({ roleName, brandId }) => `${roleName}${brandId === null ? ", all brands" : ""}`).join("; ");

function People({ people }: { people: NonNullable<BrandFactsProps["people"]> }) {
  return (
    <div className="tm-access">
      <h3>
        People with access <span className="tm-muted">{people.length}</span>
      </h3>
      {people.length === 0 ? <p className="tm-muted">Nobody yet. An owner or admin gives roles under People.</p> : null}
      <ul>
        {people.map(({ id, name, roles }) => (
          <li key={id}>
            {name} <span className="tm-muted">{roleWords(roles)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
