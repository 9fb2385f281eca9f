// The operators' command line: `npm run ops -- <command>`. Each command opens the product, does one thing and ends.
import { Command as Program } from "commander";
import { z } from "zod";
import { rotateSigningKeys } from "./audit";
import { rotateKeys } from "./connections";
import { systemContext } from "./context";
import { parseInput } from "./core/command";
import { loadEnv } from "./core/env";
import { AppError } from "./core/errors";
import { createLog } from "./core/log";
import { wholeList } from "./core/query";
import { type BusinessHealth, businessHealth, checkReadiness, workerHealth } from "./health";
import { rotateSecrets } from "./identity";
import { listSyncStatus, syncNow } from "./insights";
import { forgetLostKeys, requireKeys } from "./lost-keys";
import { agencyCommands } from "./ops-agencies";
import { auditCommand } from "./ops-audit";
import { exportCommand } from "./ops-export";
import { rotateActionSecrets } from "./pages";
import { agencyIds, openProduct, type Product } from "./product";
import { createAgencyWithOwner, createUser, NewOwner, NewUser } from "./workspace";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** @param args what follows `ops` on the command line */
export async function runOps(args: string[]): Promise<void> {
  const program = new Program("ops").description("Commands for the operators of a Tidemark installation");
  program.exitOverride();
  program
    .command("migrate")
    .description("bring the database to this version (every start does so too)")
    .action(() => withProduct(async () => say("The database is at this version.")));
  userCommand(program);
  auditCommand(program, withProduct);
  exportCommand(program, say);
  agencyCommands(program, withProduct, say);
  program
    .command("sync")
    .description("ask for entities and the last two days of every account now")
    .option("--agency <id>", "one agency only")
    .action((options: { agency?: string }) => withProduct((product) => sync(product, options.agency)));
  program
    .command("rotate-keys")
    .description("re-seal stored tokens and second factors under the newest encryption key, while the product runs")
    .action(() => withProduct(rotate));
  program
    .command("forget-lost-keys")
    .description(
      "delete the secrets whose encryption key is lost: Amazon users consent again, actions and apps get new secrets",
    )
    .action(() => withProduct(forget, { anyKeys: true }));
  program
    .command("health")
    .description("database, workers and how fresh each agency's data is; exits 1 where something needs a person")
    .action(() => withProduct(health));
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function userCommand(program: Program): void {
  program
    .command("user:create")
    .description(
      "create a person; with --agency-name a new agency and its owner. The password is read from standard input",
    )
    .requiredOption("--email <email>", "sign-in address")
    .requiredOption("--name <name>", "the person's name")
    .option("--agency <id>", "the agency to join")
    .option("--agency-name <name>", "name of a new agency; the person becomes its owner")
    .option("--role <role>", "admin, ops, lead, analyst or client (with --agency)", "ops")
    .action(async (options: Record<string, string>) => {
      const password = (await readInput()).trim();
      await withProduct((product) => createPerson(product, { ...options, password }));
    });
}

async function createPerson(product: Product, options: Record<string, string>): Promise<void> {
  const { email, name, password, role } = options;
  if (options.agencyName) {
    const owner = parseInput(NewOwner, { agencyName: options.agencyName, email, name, password });
    const made = await createAgencyWithOwner(product, owner);
    say(`Agency ${made.agencyId} with owner ${made.userId} created.`);
    return;
  }
  const agencyId = parseInput(
    z.object({ agency: z.uuid("Give --agency <id> or --agency-name <name>") }),
    options,
  ).agency;
  const ctx = systemContext(product, { agencyId, job: "ops user:create" });
  const made = await createUser(ctx, parseInput(NewUser, { email, name, password, role }));
  say(`User ${made.userId} created.`);
}

/** More than an agency can have. */
const everyAccount = 100_000;

async function sync(product: Product, only?: string): Promise<void> {
  for (const agencyId of await agencies(product, only)) {
    const ctx = systemContext(product, { agencyId, job: "ops sync" });
    const { items } = await ctx.tx((tx) => listSyncStatus(tx, wholeList(everyAccount)));
    for (const { id, name } of items) {
      const outcome = await syncNow(ctx, { id }).then(
        () => "asked for",
        (error: Error) => `not possible: ${error.message}`,
      );
      say(`${agencyId} ${name}: sync ${outcome}`);
    }
  }
}

async function rotate(product: Product): Promise<void> {
  let left = 0;
  for (const agencyId of await agencies(product)) {
    const counts = await rotateKeys(systemContext(product, { agencyId, job: "ops rotate-keys" }));
    say(
      `${agencyId}: ${counts.rotated} re-sealed, ${counts.current} already under the newest key, ${counts.failed} failed.`,
    );
    const actions = await rotateActionSecrets(systemContext(product, { agencyId, job: "ops rotate-keys" }));
    say(`${agencyId}: secrets of ${actions.rotated} actions re-sealed, ${actions.failed} failed.`);
    left += counts.failed + actions.failed;
  }
  left += await rotateSigningKeys(product);
  const people = await rotateSecrets({ ...product, vault: product.services.vault });
  say(`Second factors of people: ${people.rotated} re-sealed, ${people.failed} failed.`);
  left += people.failed;
  say(left === 0 ? "Older keys are no longer needed." : `${left} rows still need an older key: keep it and run again.`);
  if (left > 0) process.exitCode = 1;
}

async function forget(product: Product): Promise<void> {
  for (const line of await forgetLostKeys(product)) say(line);
}

async function health(product: Product): Promise<void> {
  const readiness = await checkReadiness(product.database, false);
  const workers = await workerHealth(product.database);
  const business: Record<string, BusinessHealth> = {};
  for (const agencyId of await agencies(product)) {
    business[agencyId] = await systemContext(product, { agencyId, job: "ops health" }).tx(businessHealth);
  }
  say(JSON.stringify({ ...readiness, workers, agencies: business }, null, 2));
  const attention = Object.values(business).some((agency) => agency.attention.length > 0);
  if (!readiness.ready || workers.pools === 0 || attention) process.exitCode = 1;
}

async function agencies(product: Product, only?: string): Promise<string[]> {
  const ids = await agencyIds(product);
  if (only && !ids.includes(only)) throw new AppError("not_found", `There is no agency ${only}.`);
  return only ? [only] : ids;
}

async function withProduct(work: (product: Product) => Promise<void>, { anyKeys = false } = {}): Promise<void> {
  const product = await openProduct({ env: loadEnv(process.env), log: createLog("warn") });
  try {
    if (!anyKeys) await requireKeys(product);
    await work(product);
  } finally {
    await product.close();
  }
}

/** @returns the exit code */
function report(error: unknown): number {
  if (error instanceof Error && "code" in error && String(error.code).startsWith("commander.")) {
    return "exitCode" in error ? Number(error.exitCode) : 1;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  if (error instanceof AppError) {
    for (const [field, why] of Object.entries(error.fields ?? {})) process.stderr.write(`  ${field}: ${why}\n`);
    if (error.remedy) process.stderr.write(`${error.remedy}\n`);
  }
  return 1;
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
