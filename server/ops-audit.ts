// `ops audit ...`: is the audit log what was written?
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Command as Program } from "commander";
import {
  checkpointedAgencies,
  filedAgencies,
  selectSigningKeys,
  takeCheckpoint,
  verifyChain,
  verifyExport,
} from "./audit";
import type { Verification } from "./audit/contract";
import { systemContext } from "./context";
import { AppError } from "./core/errors";
import { agencyIds, type Product } from "./product";

type WithProduct = (work: (product: Product) => Promise<void>) => Promise<void>;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export function auditCommand(program: Program, withProduct: WithProduct): void {
  const audit = program.command("audit").description("the audit log's chain and its signed checkpoints");
  audit
    .command("verify")
    .description("hold every event against the chain and the checkpoints; exits 1 where anything was altered")
    .option("--agency <id>", "one agency only")
    .action((options: { agency?: string }) => withProduct((product) => verify(product, options.agency)));
  audit
    .command("checkpoint")
    .description("sign where every agency's chain stands now (the scheduler does so once a day)")
    .action(() => withProduct(checkpoint));
  audit
    .command("keys")
    .description("print the public keys that checkpoints are signed with")
    .action(() => withProduct(keys));
  audit
    .command("verify-export")
    .description("check an exported audit log (JSONL); needs neither database nor settings")
    .argument("<file>", "the exported file")
    .option("--public-key <key>", "believe this key only: base64 as `audit keys` prints it, or a file that holds it")
    .action((file: string, options: { publicKey?: string }) => verifyFile(file, options.publicKey));
}

async function verify(product: Product, only?: string): Promise<void> {
  const present = await agencyIds(product);
  const known = new Set([
    ...present,
    ...(await product.database.withSystem(checkpointedAgencies)),
    ...(await filedAgencies(product.services.checkpointFolder)),
  ]);
  if (only && !known.has(only)) throw new AppError("not_found", `There is no agency ${only}.`);
  for (const agencyId of only ? [only] : [...known].sort()) {
    const found = await verifyChain(systemContext(product, { agencyId, job: "ops audit verify" }));
    if (!present.includes(agencyId)) {
      const message = "The agency is gone from the database, but it has signed checkpoints.";
      found.problems.unshift({ seq: null, eventId: null, message });
    }
    tell(agencyId, found);
  }
}

function tell(agencyId: string, { events, from, seq, problems }: Verification): void {
  const since = from > 0 ? `, from ${from + 1} on (older ones left by retention)` : "";
  say(`${agencyId}: ${events} events read up to ${seq}${since}: ${problems.length === 0 ? "as written" : "ALTERED"}`);
  for (const { message, eventId } of problems) say(`  ${message}${eventId ? ` (event ${eventId})` : ""}`);
  if (problems.length > 0) process.exitCode = 1;
}

async function checkpoint(product: Product): Promise<void> {
  for (const agencyId of await agencyIds(product)) {
    const place = await takeCheckpoint(systemContext(product, { agencyId, job: "ops audit checkpoint" }));
    say(place ? `${agencyId}: signed at ${place.seq}, ${place.hash}` : `${agencyId}: no event yet`);
  }
}

async function keys(product: Product): Promise<void> {
  for (const { id, publicKey, createdAt } of await product.database.withSystem(selectSigningKeys)) {
    say(`${id} ${publicKey} ${createdAt.toISOString()}`);
  }
}

async function verifyFile(file: string, key?: string): Promise<void> {
  if (!existsSync(file)) throw new AppError("not_found", `There is no file ${file}.`);
  const trusted = key ? [(existsSync(key) ? readFileSync(key, "utf8") : key).trim()] : [];
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  const { problems, agencyId, exportedAt, events, provedTo, keyIds } = await verifyExport(lines, trusted);
  for (const { message, eventId } of problems) say(`  ${message}${eventId ? ` (event ${eventId})` : ""}`);
  if (problems.length > 0) {
    say(`${file}: ALTERED`);
    process.exitCode = 1;
    return;
  }
  say(`${file}: agency ${agencyId}, exported ${exportedAt}: ${events} events as written, signed up to ${provedTo}.`);
  if (trusted.length === 0) {
    say(
      `The key is the file's own: compare ${keyIds.join(", ")} with what \`ops audit keys\` says, or give --public-key.`,
    );
  }
}
