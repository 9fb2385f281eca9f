// Is this file what was exported? By its receipt, or by the one that is kept of its SHA-256.
import { ownPublicKey } from "../audit";
import { command } from "../core/command";
import { type Verdict, VerifyAsk } from "./manifest-contract";
import { checkReceipt } from "./receipt";
import { findReceiptOf } from "./store";

/** Bytes can be guessed: of what another person exported no more is told than which list it is, when it left, and its hash. */
const withoutManifest = ({ outcome, problems, manifest }: Verdict): Verdict => ({
  outcome,
  problems,
  manifest: null,
  others: manifest && { list: manifest.list.title, at: manifest.at, sha256: manifest.file.sha256 },
});

export const verifyFile = command({
  name: "export.verify",
  permission: "profile.read",
  input: VerifyAsk,
  whileViewing: true,
  run: async (tx, { file = null, receipt }) => {
    const userId = "userId" in tx.actor ? tx.actor.userId : null;
    const kept = receipt === undefined && file ? await findReceiptOf(tx, file.sha256, userId) : null;
    const held = receipt ?? (kept && { manifest: kept.manifest, ...kept.signed });
    const verdict: Verdict = held
      ? await checkReceipt({ receipt: held, file, believe: (keyId) => ownPublicKey(tx, keyId) })
      : {
          outcome: "unknown",
          problems: [
            "No receipt of your agency is of a file with these bytes. Drop its receipt too, to see what differs.",
          ],
          manifest: null,
        };
    const isOthers = kept !== null && kept.userId !== userId;
    return { result: isOthers ? withoutManifest(verdict) : verdict, audit: null };
  },
});
