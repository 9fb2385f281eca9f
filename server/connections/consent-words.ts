// What can go wrong between "Connect Amazon" and the connection, in plain words with the remedy.
import { ClientRejected, GrantRejected, Throttled, Unavailable } from "../amazon";
import type { ConnectOutcome } from "./contract";

type Failed = Extract<ConnectOutcome, { kind: "failed" }>;

export const failed = (reason: string, remedy: string): Failed => ({ kind: "failed", reason, remedy });

const again = "Start again with Connect Amazon.";
const operator = "Tell whoever runs this Tidemark installation.";

export const consentFailures = {
  noState: failed("The answer from Amazon does not say which consent it belongs to.", again),
  unknownState: failed("The answer from Amazon belongs to no consent that was started here.", again),
  expired: failed("More than ten minutes passed between Connect Amazon and the answer.", again),
  otherSession: failed(
    "This consent was started in another browser or before you signed in again.",
    "Finish it in the browser where it was started, or start again with Connect Amazon here.",
  ),
  otherRegion: failed("The answer came back to the address of another region than the one it was asked for.", again),
  unfinished: failed("The answer from Amazon arrived, but Tidemark was interrupted before it was stored.", again),
  noCode: failed("The answer from Amazon holds neither a code nor a refusal.", again),
  noScope: failed(
    "The consent leaves out the permission to read campaigns, without which there is nothing to show.",
    "Start again, and leave all permissions ticked on Amazon's page.",
  ),
  forbidden: failed(
    "Your role may not connect Amazon accounts.",
    "Ask an owner or admin of your agency to connect it, or to change your role under People.",
  ),
} as const;

export const duplicated = (name: string) =>
  failed(`The answer from Amazon names "${name}" more than once, so that it is unclear which one counts.`, again);

const refusals: Record<string, Failed> = {
  access_denied: failed(
    "The consent was declined on Amazon's page. Nothing was connected.",
    "Start again and choose Allow, signed in to Amazon as a user who can see the client's accounts.",
  ),
  invalid_request: failed(
    "Amazon could not read Tidemark's request for consent.",
    `${again} If it happens again: ${operator.toLowerCase()}`,
  ),
  invalid_scope: failed(
    "Amazon does not offer this application the permissions it asked for.",
    `${operator} The application must be approved for the Amazon Ads API.`,
  ),
  unauthorized_client: failed(
    "Amazon does not let this application ask for consent.",
    `${operator} The application must be approved for the Amazon Ads API.`,
  ),
  unsupported_response_type: failed("Amazon does not accept this kind of consent from the application.", operator),
  server_error: failed("Amazon had an error of its own.", "Wait a minute, then start again with Connect Amazon."),
  temporarily_unavailable: failed(
    "Amazon cannot take consents at the moment.",
    "Wait a few minutes, then start again with Connect Amazon.",
  ),
};

/** A refusal in Amazon's words (`error` of the callback), known or not. */
export function refusal(error: string, description: string | null): Failed {
  const known = Object.hasOwn(refusals, error) ? refusals[error] : undefined;
  if (known) return known;
  const said = description ? `: ${description.slice(0, 200)}` : "";
  return failed(`Amazon refused with "${error.slice(0, 60)}"${said}.`, again);
}

/** What an exchange or the look-up of the Amazon user ended with. */
export function exchangeFailure(error: unknown): Failed {
  if (error instanceof GrantRejected) {
    return failed(
      "Amazon no longer accepts the code of this consent. A code lives five minutes and works once.",
      again,
    );
  }
  if (error instanceof ClientRejected) {
    return failed(
      "Amazon does not accept this installation's client id or secret.",
      `${operator} AMAZON_CLIENT_ID and AMAZON_CLIENT_SECRET must be those of the application that is approved at Amazon.`,
    );
  }
  if (error instanceof Throttled || error instanceof Unavailable) {
    return failed(
      "Amazon did not answer in time, so nothing was connected.",
      "Wait a minute, then start again with Connect Amazon.",
    );
  }
  return failed(
    "Amazon's answer could not be used, so nothing was connected.",
    `${again} If it happens again: ${operator.toLowerCase()}`,
  );
}
