// What an exported file is, in words.
import type { ReactNode } from "react";
import { formatWords } from "#server/exports/contract";
import type { Manifest } from "#server/exports/manifest-contract";
import { ConversionLine } from "~/insights/conversion-line";
import { formatPercent } from "~/ui/format";
import { Facts } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count, Day } from "~/ui/values";
import { useView } from "~/ui/view";

interface Fact {
  label: string;
  value: ReactNode;
}

export function ManifestFacts({ manifest }: { manifest: Manifest }) {
  const { list, words, rows, by, seenAs, agency, at, file, numbers, columns } = manifest;
  const { locale } = useView();
  return (
    <Facts
      items={[
        { label: "List", value: list.title },
        { label: "Rows", value: <Count value={rows} /> },
        { label: "Which", value: words },
        { label: "Columns", value: columns.map(({ label }) => label).join(" · ") },
        ...columns.flatMap(({ label, measure }) =>
          measure ? [{ label: `Formula, ${label}`, value: `${measure.formula} (${measure.unit})` }] : [],
        ),
        { label: "Exported by", value: `${by.name}${seenAs ? `, looking as ${seenAs}` : ""}, ${agency.name}` },
        { label: "Exported", value: <Time at={at} /> },
        ...(numbers ? numberFacts(numbers, locale) : []),
        {
          label: "File",
          value: (
            <>
              {file.name} ({formatWords[file.format]}, <Count value={file.bytes} /> bytes)
            </>
          ),
        },
        { label: "SHA-256", value: <code className="tm-hash">{file.sha256}</code> },
      ]}
    />
  );
}

function numberFacts(numbers: NonNullable<Manifest["numbers"]>, locale: string): Fact[] {
  const { range, zones, asOf, sameAge, compare, settled, dataThrough, changedMeanwhile, moneyHidden, conversion } =
    numbers;
  return [
    {
      label: "Days",
      value: (
        <>
          <Day day={range.from} /> to <Day day={range.to} />, {zones.join(" and ")}
        </>
      ),
    },
    ...(compare
      ? [
          {
            label: "Compared with",
            value: (
              <>
                <Day day={compare.from} /> to <Day day={compare.to} />
                {sameAge ? ", at the same age" : ""}
              </>
            ),
          },
        ]
      : []),
    { label: "As of", value: asOf ? <Time at={asOf} /> : "as the numbers were then" },
    { label: "Data through", value: dataThrough ? <Day day={dataThrough} /> : "nothing yet" },
    ...settled.map(({ rule, share, until }) => ({
      label: `Settled, ${rule}`,
      value: (
        <>
          {formatPercent(share, { locale, decimals: 1 })} of the days
          {until ? (
            <>
              ; all on <Day day={until} />
            </>
          ) : null}
        </>
      ),
    })),
    {
      label: "Data version",
      value: (
        <>
          <code>{numbers.dataVersion}</code>
          {changedMeanwhile ? " (newer numbers came while the file was written)" : ""}
        </>
      ),
    },
    ...(conversion
      ? [
          {
            label: "Money",
            value: (
              <>
                in {conversion.to}
                <ConversionLine conversion={conversion} />
              </>
            ),
          },
        ]
      : []),
    ...(moneyHidden ? [{ label: "Hidden", value: "Money, for some of these brands" }] : []),
  ];
}
