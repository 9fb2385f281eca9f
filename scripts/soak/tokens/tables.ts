// T12 and T13: the tests of every negative of the consent and of every error of the token host, as they are in the test suite.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectRoot } from "../../../server/core/project-root";
import { check, type Outcome } from "../outcome";

export const negatives = (): Promise<Outcome> => suite("server/connections/connect.db.test.ts");
export const errors = (): Promise<Outcome> => suite("server/connections/access-token.db.test.ts");

async function suite(file: string): Promise<Outcome> {
  const child = spawn("npx", ["vitest", "run", "--project", "db", "--reporter=json", file], { cwd: projectRoot() });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, "exit");
  const begin = output.indexOf('{"num');
  const { numPassedTests = 0, numFailedTests = 0 } = begin < 0 ? {} : JSON.parse(output.slice(begin));
  return check(`${numPassedTests} cases passed, ${numFailedTests} failed`, {
    "every case": code === 0 && numPassedTests > 20 && numFailedTests === 0,
  });
}
