// h("button", {class: "quiet", onclick: send}, "Send"): text is only ever text, never markup.
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

// Only for those who listen to the page.
export const spoken = (text) => h("span", { class: "hidden-visually" }, text);

// Runs `change`, then gives the focus back to the control with the same data-focus, if it was lost.
export function keeping_focus(change) {
  const key = document.activeElement?.closest?.("[data-focus]")?.dataset.focus;
  change();
  if (!key || document.activeElement !== document.body) return;
  document.querySelector(`[data-focus="${CSS.escape(key)}"]`)?.focus();
}

// Makes `parent`'s children the `wanted` elements with the fewest moves: what stays is not touched.
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

export function announce(text) {
  const log = document.getElementById("log");
  log.append(h("p", {}, text));
  while (log.children.length > 20) log.firstElementChild.remove();
}
