// Is this file what was exported? By its receipt, or by the one that is kept of its SHA-256.
import { ownPublicKey } from "../audit";
import { command } from "../core/command";
import { type Verdict, VerifyAsk } from "./manifest-contract";
import { checkReceipt } from "./receipt";
import { findReceiptOf } from "./store";

export const verifyFile = command({
  name: "export.verify",
  permission: "profile.read",
  input: VerifyAsk,
  whileViewing: true,
  run: async (tx, { file = null, receipt }) => {
    const kept = receipt === undefined && file ? await findReceiptOf(tx, file.sha256) : null;
    const held = receipt ?? (kept && { manifest: kept.manifest, ...kept.signed });
    const result: Verdict = held
      ? await checkReceipt({ receipt: held, file, believe: (keyId) => ownPublicKey(tx, keyId) })
      : {
          outcome: "unknown",
          problems: [
            "No receipt of your agency is of a file with these bytes. Drop its receipt too, to see what differs.",
          ],
          manifest: null,
        };
    return { result, audit: null };
  },
});
