// Every channel, one line each.
import type { Channel } from "./channel";
import { emailChannel } from "./email";

export const channels: readonly Channel[] = [emailChannel];
