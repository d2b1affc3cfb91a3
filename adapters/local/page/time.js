import { words } from "./words.js";

// Times as people say them: 9:25am, Tuesday 24 November. Always in a named zone.
const formatters = new Map();

function parts(zone, instant) {
  if (!formatters.has(zone)) {
    formatters.set(
      zone,
      new Intl.DateTimeFormat("en-GB", {
        timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
        hour: "2-digit", minute: "2-digit", hourCycle: "h23",
      }),
    );
  }
  return Object.fromEntries(formatters.get(zone).formatToParts(instant).map((part) => [part.type, part.value]));
}

export function time_of_day(zone, instant) {
  const { hour, minute } = parts(zone, instant);
  if (minute === "00" && hour === "00") return words.midnight;
  if (minute === "00" && hour === "12") return words.midday;
  const hours = Number(hour);
  const rest = minute === "00" ? "" : `:${minute}`;
  return `${hours % 12 || 12}${rest}${hours < 12 ? "am" : "pm"}`;
}

export function day(zone, instant) {
  const { weekday, day: number, month } = parts(zone, instant);
  return `${weekday} ${number} ${month}`;
}

export const city = (zone) => zone.split("/").pop().replaceAll("_", " ");
