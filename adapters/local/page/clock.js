// The demo clock: time moves because you move it.
import { post } from "./api.js";
import { announce, h } from "./dom.js";
import { model, my_team, now, zone } from "./model.js";
import { city, day, time_of_day } from "./time.js";
import { words } from "./words.js";

const a_long_jump = 120000;

export function clock_bar(reload) {
  const yours = h("span", { class: "clock-time" });
  const yours_label = h("span", { class: "clock-label" });
  const teams = h("span", { class: "clock-time" });
  const teams_label = h("span", { class: "clock-label" });
  const team = h("div", { class: "clock-face" }, teams_label, teams);
  const status = h("p", { class: "clock-status", role: "status" });
  const jumps = [
    ["next", words.next_event], ["hour", words.one_hour, words.one_hour_spoken], ["tomorrow", words.tomorrow],
  ].map(([to, label, spoken_label]) =>
    h("button", { type: "button", "data-focus": `clock:${to}`, "aria-label": spoken_label, onclick: () => jump(to) }, label));
  const buttons = h("div", { class: "clock-jumps" }, jumps);
  const element = h(
    "section", { class: "clock", "aria-label": words.clock },
    h("div", { class: "clock-face" }, status, yours_label, yours), team, buttons,
  );
  let mine = false;

  async function jump(to) {
    if (mine || model.jumping) return;
    mine = true;
    show();
    const outcome = await post("clock", { to, as: model.me }, a_long_jump);
    mine = false;
    await reload();
    show();
    const landed = words.moved(`${time_of_day(zone(), now())}, ${day(zone(), now())}`);
    status.textContent = !outcome.saved ? words.clock_failed : outcome.moved ? "" : words.nothing_next;
    if (outcome.saved && outcome.moved) announce(landed);
  }

  function show() {
    const busy = mine || model.jumping;
    const channel = my_team();
    yours_label.textContent = words.clock_you(city(zone()));
    yours.textContent = `${time_of_day(zone(), now())}, ${day(zone(), now())}`;
    team.hidden = !channel || channel.zone === zone();
    if (channel) {
      teams_label.textContent = words.clock_team(channel.team, city(channel.zone));
      teams.textContent = time_of_day(channel.zone, now());
    }
    buttons.hidden = !model.demo;
    for (const each of jumps) {
      if (busy) each.setAttribute("aria-disabled", "true");
      else each.removeAttribute("aria-disabled");
    }
    element.classList.toggle("busy", busy);
    if (busy) status.textContent = words.moving;
    else if (status.textContent === words.moving) status.textContent = "";
  }

  return { element, show };
}
