import { InboxOutlined } from "@ant-design/icons";
import type { MetaFunction } from "@remix-run/node";
import { Alert, Progress } from "antd";
import { type ChangeEvent, type DragEvent, useRef, useState } from "react";
import type { HeldFile, Verdict } from "#server/exports/manifest-contract";
import { useAct } from "~/providers/act";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { ManifestFacts } from "./manifest-facts";

export const meta: MetaFunction = () => [{ title: "Verify a file · Tidemark" }];

interface Dropped {
  file: File | null;
  receipt: File | null;
}

const isReceipt = ({ name }: File) => name.endsWith(".json");

const words: Record<Verdict["outcome"], { type: "success" | "error" | "warning"; title: string }> = {
  whole: { type: "success", title: "The file is as it was exported" },
  signed: { type: "success", title: "The receipt is as it was signed" },
  differs: { type: "error", title: "This is not what was exported" },
  unknown: { type: "warning", title: "No receipt of this file is here" },
};

async function readReceipt(file: File): Promise<unknown> {
  const text = await file.text();
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 100);
  }
}

/** A person drops a file, its receipt, or both. */
export default function VerifyFile() {
  const { act, busy } = useAct("exports");
  const [dropped, setDropped] = useState<Dropped>({ file: null, receipt: null });
  const [share, setShare] = useState<number | null>(null);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);

  const latest = useRef<Dropped | null>(null);

  const check = async ({ file, receipt }: Dropped, progress: (share: number) => void): Promise<Verdict> => {
    let held: HeldFile | undefined;
    if (file) {
      const { hashFile } = await import("./hash-file");
      held = await hashFile(file, progress);
    }
    const given = receipt ? await readReceipt(receipt) : undefined;
    return act<Verdict>({ action: "verify", input: { file: held, receipt: given } });
  };
  const take = async (files: FileList | null) => {
    const given = [...(files ?? [])];
    if (given.length === 0) return;
    const file = given.find((one) => !isReceipt(one));
    // A receipt is of one file: the next file does not answer for it.
    const receipt = given.find(isReceipt) ?? (file ? null : dropped.receipt);
    const now: Dropped = { file: file ?? dropped.file, receipt };
    latest.current = now;
    // What comes of an earlier drop is of no concern any more.
    const ifLatest = (change: () => void) => {
      if (latest.current === now) change();
    };
    setDropped(now);
    setVerdict(null);
    setFailure(null);
    setShare(now.file ? 0 : null);
    try {
      const found = await check(now, (read) => ifLatest(() => setShare(read)));
      ifLatest(() => setVerdict(found));
    } catch (thrown) {
      ifLatest(() => setFailure(thrown as Error));
    } finally {
      ifLatest(() => setShare(null));
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files);
  };

  return (
    <Page
      title="Verify a file"
      description="Is a file what Tidemark exported, to the byte? It is read here in your browser, and sent nowhere."
      trail={[{ label: "Exports", to: "/exports" }]}
    >
      <label className="tm-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <InboxOutlined aria-hidden />
        <strong>Drop a file, its receipt, or both here, or choose them</strong>
        <span className="tm-muted">Without a receipt, the one that is kept of the file is looked up.</span>
        <input
          type="file"
          multiple
          aria-label="Files to verify"
          onChange={({ target }: ChangeEvent<HTMLInputElement>) => {
            void take(target.files);
            target.value = "";
          }}
        />
      </label>
      <p className="tm-muted" aria-live="polite">
        {dropped.file ? `File: ${dropped.file.name}. ` : ""}
        {dropped.receipt ? `Receipt: ${dropped.receipt.name}.` : ""}
        {busy ? " Checking the signature…" : ""}
      </p>
      {share !== null ? <Progress percent={Math.round(share * 100)} aria-label="How much of the file is read" /> : null}
      {failure ? (
        <Alert
          role="alert"
          type="error"
          showIcon
          message="The files could not be verified"
          description={`${failure.message} Choose them once more.`}
        />
      ) : null}
      {verdict ? <Answer verdict={verdict} /> : null}
    </Page>
  );
}

function Answer({ verdict: { outcome, problems, manifest, others } }: { verdict: Verdict }) {
  const { type, title } = words[outcome];
  return (
    <>
      <Alert
        role={type === "success" ? "status" : "alert"}
        type={type}
        showIcon
        message={title}
        description={
          problems.length > 0 ? (
            <ul className="tm-problems">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          ) : null
        }
      />
      {manifest ? (
        <Section title={outcome === "differs" ? "What the receipt says" : "What it is"}>
          <ManifestFacts manifest={manifest} />
        </Section>
      ) : null}
      {others ? (
        <Section title="What it is">
          <Facts
            items={[
              { label: "List", value: others.list },
              { label: "Exported", value: <Time at={others.at} /> },
              { label: "Exported by", value: "Another person of your agency. Their receipt says more: drop it too." },
              { label: "SHA-256", value: <code className="tm-hash">{others.sha256}</code> },
            ]}
          />
        </Section>
      ) : null}
    </>
  );
}
