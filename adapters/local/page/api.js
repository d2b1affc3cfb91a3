// The bot's side of the page. A post that fails for any reason may be repeated with the same request id.
const patience = 15000;

export const new_request = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function fetch_state(as) {
  const query = as ? `?as=${encodeURIComponent(as)}` : "";
  const response = await fetch(`/local/api/state${query}`, { signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`state ${response.status}`);
  return response.json();
}

// {saved: true, reply} or {saved: false, again}: `again` when the same thing may work in a moment.
export async function post(act, body, wait = patience) {
  try {
    const response = await fetch(`/local/api/${act}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(wait),
    });
    if (!response.ok) return { saved: false, again: response.status >= 500 || response.status === 429 };
    return { saved: true, ...(await response.json()) };
  } catch {
    return { saved: false, again: true };
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
