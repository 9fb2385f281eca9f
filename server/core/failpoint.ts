/**
 * Test-only, and off unless TIDEMARK_FAILPOINT is set: a process that reaches the step named there dies as by kill -9.
 * Crash tests go through these steps one by one.
 */
export function failpoint(step: string): void {
  if (process.env.TIDEMARK_FAILPOINT === step) process.kill(process.pid, "SIGKILL");
}
