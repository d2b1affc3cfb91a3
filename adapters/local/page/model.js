// What the page knows: the last state from the bot, who I am, where I look.
import { remembered } from "./keep.js";

export const model = {
  people: [],
  channels: [],
  messages: {},  // place -> messages, oldest first
  latest: {},    // place -> instant of Muster's newest message, of every place
  demo: false,
  jumping: false,
  me: null,
  place: null,   // a channel's id, or my own id for the direct messages
  whispers: {},  // place -> private replies shown where they were caused
  loaded: false,
};

let now_at_load = 0;
let loaded_at = 0;

export function take(state) {
  Object.assign(model, {
    people: state.people, channels: state.channels, messages: state.messages,
    latest: state.latest, demo: state.demo, jumping: state.jumping, me: state.me, loaded: true,
  });
  now_at_load = state.now;
  loaded_at = performance.now();
}

export const now = () => now_at_load + (performance.now() - loaded_at);
export const me = () => model.people.find((person) => person.id === model.me);
export const zone = () => me()?.zone ?? "Europe/London";
export const name_of = (id) => model.people.find((person) => person.id === id)?.name ?? id;
export const channel = (id) => model.channels.find((each) => each.id === id);
export const is_direct = (place) => place === model.me;
export const my_team = () => model.channels.find((each) => me()?.teams.includes(each.team)) ?? model.channels[0];

// ---- what I have seen; times later than the clock are of an earlier demo and count for nothing
const seen_key = (person, place) => `seen:${person}:${place}`;

function seen_until(person, place) {
  const until = remembered.get(seen_key(person, place)) ?? 0;
  return until > now() + 1000 ? 0 : until;
}

export function mark_seen(place) {
  const newest = Math.max(0, ...(model.messages[place] ?? []).map((message) => message.at));
  if (newest > seen_until(model.me, place)) remembered.set(seen_key(model.me, place), newest);
}

export function unread(place) {
  const until = seen_until(model.me, place);
  return (model.messages[place] ?? []).filter((message) => message.at > until && message.author !== model.me).length;
}

export const has_new = (person) => (model.latest[person] ?? 0) > seen_until(person, person);
