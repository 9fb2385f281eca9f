import { startSandbox } from "./index";
import { optionsFromEnv } from "./options";

// `npm run sandbox`: the sandbox as a program. A flag --seed 7 is the same as SANDBOX_SEED=7.

function withFlags(env: NodeJS.ProcessEnv, argv: string[]): Record<string, string | undefined> {
  const merged: Record<string, string | undefined> = { ...env };
  for (let i = 0; i < argv.length; i += 1) {
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/.exec(argv[i] ?? "") ?? [];
    if (name === undefined) continue;
    const key = `SANDBOX_${name.toUpperCase().replaceAll("-", "_")}`;
    if (inline === undefined) i += 1;
    merged[key] = inline ?? argv[i];
  }
  return merged;
}

try {
  const sandbox = await startSandbox(optionsFromEnv(withFlags(process.env, process.argv.slice(2))));
  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.stdout.write(`sandbox ready on ${sandbox.urls.NA}\n`);
} catch (error) {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
