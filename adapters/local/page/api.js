// The bot's side of the page. A post that fails for any reason may be repeated with the same request id.
import { words } from "./words.js";

const patience = 15000;

export const new_request = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function fetch_state(as) {
  const query = as ? `?as=${encodeURIComponent(as)}` : "";
  const response = await fetch(`/local/api/state${query}`, { signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`state ${response.status}`);
  return response.json();
}

// {saved: true, reply} or {saved: false, again, failure}: `again` when the same thing may work in a moment, `failure` in
// Muster's words, or in the page's own when it did not answer.
export async function post(act, body, wait = patience) {
  try {
    const response = await fetch(`/local/api/${act}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(wait),
    });
    if (response.ok) return { saved: true, ...(await response.json()) };
    const again = response.status >= 500 || response.status === 429;
    const { words: said } = await response.json().catch(() => ({}));
    return { saved: false, again, failure: said ?? (again ? words.unanswered : words.refused) };
  } catch {
    return { saved: false, again: true, failure: words.unanswered };
  }
}

// Calls `changed` after every event and every reconnection, `lost` when the line is down.
export function listen(changed, lost) {
  const source = new EventSource("/local/api/events");
  source.onopen = changed;
  source.addEventListener("changed", changed);
  source.onerror = () => {
    lost();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(changed, lost), 2000);
  };
}
