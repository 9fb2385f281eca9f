// The Redis server for tests and benchmarks of shared limits: one that is there, or Debian's.
import { aptInstall, findProgram } from "./apt.mjs";
import { say } from "./project.mjs";

const find = () => process.env.REDIS_SERVER_PATH ?? findProgram(["redis-server"]);

/** @returns the program's path, or undefined after saying in one line that tests are skipped */
export function ensureRedis() {
  if (!find()) aptInstall("redis-server");
  const found = find();
  if (!found)
    say("No redis-server: the tests of limits shared by processes are skipped (Debian: apt-get install redis-server).");
  return found;
}
