// First run: a demo agency whose accounts come in through the same consent and sync as a customer's, and an empty one for the first-time journey.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Person } from "./person";

interface Account {
  id: string;
  kind: string;
  name: string;
  brandId: string | null;
}

interface Brand {
  id: string;
  name: string;
}

const demo = {
  agency: "Northlight Media",
  name: "Dana North",
  email: "dana@northlight.example",
  password: "low tide at seven",
};
const empty = {
  agency: "Harbour & Co",
  name: "Noor Harbour",
  email: "noor@harbour.example",
  password: "third swell at six",
};

const patienceMs = 60_000;

async function main(): Promise<void> {
  const baseUrl = `http://localhost:${process.env.PORT ?? 3000}`;
  const file = join(process.env.TIDEMARK_DATA_DIR ?? ".data", "demo.json");
  for (const owner of [demo, empty]) if (!(await canSignIn(baseUrl, owner))) await createOwner(owner);
  const person = new Person(baseUrl);
  await person.signIn(demo.email, demo.password);
  await person.connectAmazon("NA");
  await assignToBrands(person);
  const signIns = [
    { label: `${demo.agency}, whose dashboard fills while you look`, email: demo.email, password: demo.password },
    { label: `${empty.agency}, an empty agency to begin with`, email: empty.email, password: empty.password },
  ];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ signIns }, null, 2), { mode: 0o600 });
}

/** A first start that was cut short goes on where it was. */
const canSignIn = (baseUrl: string, { email, password }: typeof demo): Promise<boolean> =>
  new Person(baseUrl).signIn(email, password).then(
    () => true,
    () => false,
  );

/** Through the operators' command line, as on any installation. */
function createOwner({ agency, name, email, password }: typeof demo): Promise<void> {
  const child = spawn(
    process.execPath,
    ["build/index.js", "ops", "user:create", "--agency-name", agency, "--name", name, "--email", email],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  child.stdin.end(password);
  return new Promise((done, fail) => {
    child.on("exit", (code) => (code === 0 ? done() : fail(new Error(`user:create for ${email} ended with ${code}`))));
  });
}

/** One brand for each advertiser, as soon as discovery has found them. */
async function assignToBrands(person: Person): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let advertisers: Account[] = [];
  for (let before = -1; before !== advertisers.length || advertisers.length === 0; ) {
    if (Date.now() > deadline) throw new Error("The sandbox's accounts were not found in a minute.");
    before = advertisers.length;
    await new Promise((done) => setTimeout(done, 1500));
    advertisers = await person.api<Account[]>("GET", "accounts?kind=dsp_advertiser&_start=0&_end=200");
  }
  const brands = await person.api<Brand[]>("GET", "brands?_start=0&_end=200");
  for (const { id, name } of advertisers.filter((account) => account.brandId === null)) {
    const brand = brands.find((known) => known.name === name) ?? (await person.api<Brand>("POST", "brands", { name }));
    await person.api("POST", "accounts/assign", { accountIds: [id], brandId: brand.id });
  }
}

await main();
