// `npm run soak -- isolation`: nobody sees or changes what is another's, by any address, field, transaction or slip of ours.
import { catalogue } from "./isolation/catalogue";
import { enumeration } from "./isolation/enumeration";
import { kills } from "./isolation/kills";
import { matrix } from "./isolation/matrix";
import { mutation } from "./isolation/mutation";
import { type IsolationRig, startIsolationRig } from "./isolation/rig";
import { tampering } from "./isolation/tampering";
import { transactions } from "./isolation/transactions";
import type { SoakOptions } from "./options";
import { failedWords, type Part, runParts } from "./parts";

const parts: Record<string, Part<IsolationRig>> = {
  I1: { claim: "every address, actor and field against the policy", run: matrix },
  I3: { claim: "what the database's catalogue says", run: catalogue },
  I4: { claim: "without the filters of the application", run: mutation },
  I5: { claim: "mixed transactions on a small pool", run: transactions },
  E1: { claim: "the time an answer takes, by whether the address is known", run: enumeration },
  A1: { claim: "tamperings with the audit log", run: tampering },
  A2: { claim: "kills of processes that write", run: kills },
};

export async function soakIsolation(options: SoakOptions): Promise<boolean> {
  const startedAt = Date.now();
  const soak = await startIsolationRig();
  const { ran, failed } = await runParts(parts, soak, options).finally(() => soak.close());
  // I2: whatever was answered or written meanwhile.
  for (const hit of soak.canaries.hits) process.stderr.write(`FOREIGN ${hit}\n`);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(
    `soak isolation: ${ran} parts, ${failedWords(failed)}, ` +
      `${soak.canaries.hits.length} foreign words in ${soak.canaries.read} answers and log lines, ${seconds} s\n`,
  );
  return ran > 0 && failed.length === 0 && soak.canaries.hits.length === 0;
}
