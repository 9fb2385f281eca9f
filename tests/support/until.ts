/** Asks again until the answer is yes. For what another process does in its own time. */
export async function until(ask: () => Promise<boolean>, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await ask().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`It did not become so within ${patienceMs} ms.`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
