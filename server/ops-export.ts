// `ops export ...`: is a file what was exported? Needs neither database nor settings, so that whoever was sent a file can check it.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import type { Command as Program } from "commander";
import { AppError } from "./core/errors";
import { checkReceipt, FileHash } from "./exports";
import type { Manifest, Verdict } from "./exports/manifest-contract";

type Say = (line: string) => void;

export function exportCommand(program: Program, say: Say): void {
  const exports = program.command("export").description("exported files and their receipts");
  exports
    .command("verify")
    .description("hold a file against its receipt; exits 1 where anything differs, and says what")
    .argument("<file>", "the exported file")
    .argument("<receipt>", "its receipt (.receipt.json)")
    .option("--public-key <key>", "believe this key only: base64 as `audit keys` prints it, or a file that holds it")
    .action(async (file: string, receipt: string, options: { publicKey?: string }) => {
      const verdict = await verify(file, receipt, options.publicKey);
      tell({ say, file, verdict, isTrusted: options.publicKey !== undefined });
    });
}

async function verify(file: string, receipt: string, publicKey?: string): Promise<Verdict> {
  for (const path of [file, receipt]) {
    if (!existsSync(path)) throw new AppError("not_found", `There is no file ${path}.`);
  }
  const trusted = publicKey && (existsSync(publicKey) ? readFileSync(publicKey, "utf8") : publicKey).trim();
  const hash = new FileHash();
  for await (const piece of createReadStream(file)) hash.add(piece as Buffer);
  const held = hash.end();
  return checkReceipt({ receipt: readJson(receipt), file: held, believe: (_, given) => trusted ?? given });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new AppError("malformed", `${path} is no receipt: it is not JSON.`, {
      remedy: "Give the file first, then its receipt, which ends in .receipt.json.",
    });
  }
}

interface Told {
  say: Say;
  file: string;
  verdict: Verdict;
  isTrusted: boolean;
}

function tell({ say, file, verdict: { outcome, problems, manifest }, isTrusted }: Told): void {
  for (const problem of problems) say(`  ${problem}`);
  if (outcome !== "whole" || !manifest) {
    say(`${file}: DIFFERS`);
    process.exitCode = 1;
    return;
  }
  say(`${file}: as it was exported.`);
  for (const line of linesOf(manifest)) say(`  ${line}`);
  if (!isTrusted)
    say("  The key is the receipt's own: compare it with what `ops audit keys` says, or give --public-key.");
}

function linesOf({ list, rows, by, agency, at, words, numbers }: Manifest): string[] {
  return [
    `${list.title}: ${rows.toLocaleString("en")} rows. ${words}.`,
    `Exported by ${by.name}, ${agency.name}, at ${at} (UTC).`,
    ...(numbers
      ? [
          `Days ${numbers.range.from} to ${numbers.range.to}, ${numbers.zones.join(" and ")}; ${numbers.asOf ? `as of ${numbers.asOf}` : "as they were then"}.`,
          ...numbers.settled.map(
            ({ rule, share, until }) =>
              `Settled, ${rule}: ${(share * 100).toFixed(1)}% of the days${until ? `; all on ${until}` : ""}.`,
          ),
        ]
      : []),
  ];
}
