import { Select } from "antd";
import { useState } from "react";
import type { AmcTemplateVersion } from "#server/amc/template-contract";
import { ScrollRegion } from "~/ui/scroll-region";
import { Time } from "~/ui/time";
import { type DiffLine, diffLines } from "./line-diff";

const words: Record<DiffLine["kind"], string> = { same: "", added: "added", removed: "removed" };
const signs: Record<DiffLine["kind"], string> = { same: " ", added: "+", removed: "-" };

/** Versions of a question, and what one changed of the one before. */
export function VersionList({ versions }: { versions: AmcTemplateVersion[] }) {
  const [chosen, choose] = useState(versions[0]?.id);
  const at = versions.findIndex(({ id }) => id === chosen);
  const [after, before] = [versions[at], versions[at + 1]];
  return (
    <>
      <div className="tm-acts">
        <Select
          aria-label="Version"
          popupMatchSelectWidth={false}
          value={chosen}
          options={versions.map(({ id, version, changedBy }) => ({
            value: id,
            label: `Version ${version}, by ${changedBy}`,
          }))}
          onChange={choose}
        />
        {after ? (
          <span className="tm-muted">
            <Time at={after.createdAt} past />
            {before ? `, beside version ${before.version}` : ", the first"}
          </span>
        ) : null}
      </div>
      {after ? <Diff before={before?.sql ?? after.sql} after={after.sql} /> : null}
    </>
  );
}

const Diff = ({ before, after }: { before: string; after: string }) => (
  <ScrollRegion name="Changes of the SQL" className="tm-diff">
    {diffLines(before, after).map(({ kind, text }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
      <div key={index} data-kind={kind}>
        {words[kind] ? <span className="tm-unseen">{words[kind]}: </span> : null}
        <span aria-hidden="true">{signs[kind]} </span>
        {text}
      </div>
    ))}
  </ScrollRegion>
);
