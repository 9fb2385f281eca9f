import type { WallBrand } from "#server/dashboards/contract";
import { Link } from "~/providers/router";
import { useView } from "~/ui/view";
import { PaceBar, SignLink, SpentSums, signLines } from "./wall-signs";
import { plural } from "./wall-words";

/** One brand of the wall: its signs, what it spent this month, who looks after it. */
export function BrandTile({ brand }: { brand: WallBrand }) {
  const { locale } = useView();
  const { id, name, accounts, spend, ownerName, tags } = brand;
  return (
    <article className="tm-tile" aria-labelledby={`brand-${id}`}>
      <header>
        <h3 id={`brand-${id}`}>
          <Link to={`/brands/${id}`}>{name}</Link>
        </h3>
        {accounts === null ? null : (
          <Link to={`/accounts?brand=${id}`} className="tm-muted">
            {plural(accounts, "account")}
          </Link>
        )}
      </header>
      {spend && spend.months.length > 0 ? (
        <div className="tm-tile-spend">
          <p>
            <SpentSums spend={spend} /> <span className="tm-muted">this month</span>
          </p>
          <PaceBar spend={spend} />
        </div>
      ) : null}
      <dl className="tm-signs">
        {signLines(brand, locale).map(({ key, label, words }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              <SignLink words={words} />
            </dd>
          </div>
        ))}
      </dl>
      {ownerName || tags.length > 0 ? (
        <footer>
          {ownerName ? <span>{ownerName}</span> : null}
          {tags.map((tag) => (
            <span key={tag} className="tm-tag">
              {tag}
            </span>
          ))}
        </footer>
      ) : null}
    </article>
  );
}

export function TileGrid({ brands, label }: { brands: readonly WallBrand[]; label: string }) {
  return (
    <section className="tm-wall" aria-label={label}>
      {brands.map((brand) => (
        <BrandTile key={brand.id} brand={brand} />
      ))}
    </section>
  );
}
