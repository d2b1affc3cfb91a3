// What a browser keeps: drafts for this tab (they survive a reload), the rest for this browser.
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(`muster:${key}`));
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    if (value === null || value === "") storage.removeItem(`muster:${key}`);
    else storage.setItem(`muster:${key}`, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the draft after a reload, not the page.
  }
}

export const draft = {
  get: (key) => read(sessionStorage, `draft:${key}`),
  set: (key, value) => write(sessionStorage, `draft:${key}`, value),
};

export const remembered = {
  get: (key) => read(localStorage, key),
  set: (key, value) => write(localStorage, key, value),
};
