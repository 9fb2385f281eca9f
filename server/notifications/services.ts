// What the channels need in every ctx.
import type { MailSettings } from "./channels/email/send-mail";

declare module "../core/context" {
  interface Services {
    /** The mail server; null where none is set up. */
    mail: MailSettings | null;
    /** Where browsers reach this installation, without a trailing slash. */
    publicUrl: string;
  }
}
