import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { NonceContext, nonceOfDocument } from "./nonce";

const nonce = nonceOfDocument();

// rc-util measures scroll bars with a <style> of its own that carries no nonce; without one the browser reports a violation.
const createElement = document.createElement.bind(document);
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = createElement(name, options);
  if (name.toLowerCase() === "style") element.setAttribute("nonce", nonce);
  return element;
}) as typeof document.createElement;

/**
 * RemixBrowser suspends until the state that came with the page is decoded, and nothing is around it that could wait: a click or a
 * key in that moment made React give the page up for good (error 345). So it has begun to decode, and is done, before React listens.
 */
async function stateIsDecoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (waiting) {
    await waiting;
  }
}

void stateIsDecoded().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <NonceContext.Provider value={nonce}>
          <RemixBrowser />
        </NonceContext.Provider>
      </StrictMode>,
    );
  }),
);
