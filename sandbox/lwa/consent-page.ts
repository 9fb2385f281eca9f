import type { AmazonUser } from "../world/types";

// The page on which a person picks an Amazon user and allows or refuses. Works without JavaScript.

const SCOPE_WORDS: Record<string, string> = {
  "advertising::campaign_management": "View and manage your campaigns, reports and Amazon Marketing Cloud",
  "advertising::audiences": "Create and manage audiences as a data provider",
  "advertising::test:create_account": "Create test accounts",
  "cpc_advertising:campaign_management": "View and manage your sponsored campaigns",
  profile: "Your name and email address",
  "profile:user_id": "Your user identifier",
  postal_code: "Your postal code",
};

export interface ConsentView {
  clientName: string;
  scopes: string[];
  redirectUri: string;
  users: AmazonUser[];
  parameters: URLSearchParams;
}

export function consentPage({ clientName, scopes, redirectUri, users, parameters }: ConsentView): string {
  const hidden = [...parameters].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const choices = users.map(
    (
      user,
      index,
    ) => `<label class="user"><input type="radio" name="user" value="${user.id}"${index === 0 ? " checked" : ""}>
<span><strong>${escapeHtml(user.name)}</strong><small>${escapeHtml(user.email)} · ${accessWords(user)}</small></span></label>`,
  );
  const wishes = scopes.map((scope) => `<li>${escapeHtml(SCOPE_WORDS[scope] ?? scope)}</li>`);
  return page(
    "Allow access",
    `<h1>Sign in with Amazon</h1>
<p><strong>${escapeHtml(clientName)}</strong> would like to:</p><ul>${wishes.join("")}</ul>
<form method="post" action="/ap/oa/consent">${hidden.join("")}
<fieldset><legend>Amazon user</legend>${choices.join("")}</fieldset>
<p class="actions"><button id="allow" name="decision" value="allow" type="submit">Allow</button>
<button id="deny" class="quiet" name="decision" value="deny" type="submit">Cancel</button></p></form>
<p class="note">You will go back to ${escapeHtml(new URL(redirectUri).host)}. You can take consent back at any time.</p>`,
  );
}

export function errorPage(message: string): string {
  return page(
    "We're sorry",
    `<h1>We're sorry!</h1><p role="alert">An error occurred when we tried to process your request. ${escapeHtml(message)}</p>`,
  );
}

function accessWords(user: AmazonUser): string {
  const count = Object.keys(user.access).length;
  return `${count} advertiser${count === 1 ? "" : "s"}`;
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} · Amazon (sandbox)</title><style>${STYLE}</style></head>
<body><header>amazon <span>sandbox</span></header><main>${content}</main></body></html>`;
}

const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#0f1111;background:#f5f6f6}
header{padding:20px;text-align:center;font-weight:700;font-size:22px;letter-spacing:-.5px}
header span{font-weight:500;font-size:13px;background:#232f3e;color:#fff;border-radius:4px;padding:2px 8px;letter-spacing:0}
main{max-width:440px;margin:0 auto 40px;background:#fff;border:1px solid #d5d9d9;border-radius:8px;padding:24px 28px}
h1{font-size:24px;font-weight:500;margin:0 0 12px}ul{margin:0 0 16px;padding-left:20px}
fieldset{border:1px solid #d5d9d9;border-radius:8px;margin:0 0 20px;padding:8px 12px}legend{font-weight:600;padding:0 6px}
.user{display:flex;gap:12px;align-items:center;padding:10px 6px;cursor:pointer;border-radius:6px}.user:hover{background:#f7fafa}
.user input{width:18px;height:18px;accent-color:#007185}.user span{display:flex;flex-direction:column}small{color:#565959}
.actions{display:flex;gap:12px;margin:0}button{flex:1;font:inherit;padding:9px 16px;border-radius:8px;cursor:pointer;
border:1px solid #fcd200;background:#ffd814}button:hover{background:#f7ca00}.quiet{background:#fff;border-color:#888c8c}.quiet:hover{background:#f7fafa}
:focus-visible{outline:3px solid #007185;outline-offset:2px}.note{color:#565959;font-size:13px;margin:16px 0 0}`;

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
