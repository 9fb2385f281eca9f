import { createContext, useContext } from "react";

/** The nonce of this response's Content-Security-Policy, for every script and style element. */
export const NonceContext = createContext("");
export const useNonce = (): string => useContext(NonceContext);

/** In the browser only the `nonce` property still knows it; the attribute is hidden. */
export const nonceOfDocument = (): string => document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
