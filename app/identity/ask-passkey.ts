// The browser's own dialog for passkeys, its refusals in plain words.
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import type { ApiError } from "~/providers/data";

export const askForPasskey = (optionsJSON: PublicKeyCredentialRequestOptionsJSON) =>
  inPlainWords(() => startAuthentication({ optionsJSON }));

export const makePasskey = (optionsJSON: PublicKeyCredentialCreationOptionsJSON) =>
  inPlainWords(() => startRegistration({ optionsJSON }));

async function inPlainWords<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw { code: "invalid", statusCode: 0, ...wordsFor(error instanceof Error ? error.name : "") } satisfies ApiError;
  }
}

function wordsFor(name: string): { message: string; remedy: string } {
  if (name === "InvalidStateError") {
    return {
      message: "This device has a passkey of yours already.",
      remedy: "Use another device, or the one there is.",
    };
  }
  if (name === "NotAllowedError" || name === "AbortError") {
    return { message: "The browser gave no passkey.", remedy: "It was cancelled or took too long. Try again." };
  }
  return {
    message: "This browser cannot use a passkey here.",
    remedy: "Use a browser that knows passkeys, at the address your agency gave you.",
  };
}
