import { defineChannel } from "../channel";
import { composeMail } from "./compose-mail";
import { sendMail } from "./send-mail";

export const emailChannel = defineChannel({
  id: "email",
  label: "Email",
  settings: ({ mail }) => mail,
  send: (post, settings) => sendMail(composeMail(post), settings),
});
