// Left side: who you are, and where you can go.
import { h, keeping_focus, spoken } from "./dom.js";
import { avatar } from "./message.js";
import { has_new, model, now, unread } from "./model.js";
import { city, time_of_day } from "./time.js";
import { words } from "./words.js";

export function sidebar({ become }) {
  const people = h("fieldset", { class: "people" });
  const places = h("div", { class: "places" });
  const element = h("aside", { class: "sidebar", id: "sidebar", "aria-label": words.menu }, people, h("nav", { "aria-label": words.places }, places));
  let signature = "";

  function show() {
    const rows = model.people.map((person) => ({
      ...person, time: time_of_day(person.zone, now()), fresh: person.id !== model.me && has_new(person.id),
    }));
    const links = [
      { href: "#/messages", place: model.me, label: words.with_muster, group: words.direct },
      ...model.channels.map((channel) => ({ href: `#/${encodeURIComponent(channel.id)}`, place: channel.id, label: words.channel(channel.id), group: words.channels })),
    ].map((link) => ({ ...link, unread: unread(link.place), here: link.place === model.place }));
    const next = JSON.stringify([rows, links, model.me]);
    if (next === signature) return;
    signature = next;
    keeping_focus(() => {
      people.replaceChildren(h("legend", {}, words.you_are), ...rows.map(person_row));
      places.replaceChildren(...[words.direct, words.channels].flatMap((group) => place_group(group, links.filter((link) => link.group === group))));
    });
  }

  function person_row(person) {
    const id = `person-${person.id}`;
    const about = [...person.roles.map((role) => words.roles[role]), ...(person.asked ? [] : [words.not_asked])].join(", ");
    return h(
      "label", { class: "person", for: id },
      h("input", {
        type: "radio", name: "person", id, "data-focus": id, checked: person.id === model.me,
        onchange: () => become(person.id),
      }),
      avatar(person.id, person.name),
      h("span", { class: "person-text" },
        h("span", { class: "person-name" }, person.name),
        h("span", { class: "small" }, words.zone_now(city(person.zone), person.time)),
        about && h("span", { class: "small" }, about)),
      person.fresh && h("span", { class: "dot" }, spoken(words.has_new)),
    );
  }

  return { element, show };
}

const place_group = (group, links) => [
  h("h2", { class: "group" }, group),
  h("ul", {}, links.map((link) =>
    h("li", {}, h("a", { href: link.href, class: "place", "aria-current": link.here ? "page" : undefined, "data-focus": link.href },
      h("span", {}, link.label),
      link.unread > 0 && h("span", { class: "badge" }, h("span", { "aria-hidden": "true" }, String(link.unread)), spoken(words.unread(link.unread))))))),
];
