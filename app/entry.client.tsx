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

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <NonceContext.Provider value={nonce}>
        <RemixBrowser />
      </NonceContext.Provider>
    </StrictMode>,
  );
});
