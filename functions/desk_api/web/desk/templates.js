/** Rules of templates: what their places hold, and which ways take nothing else. As shared/domain/template.py. */

const PLACE = /\{\{(\d+)\}\}/g;

export const filled = ({ text }, parameters) => text.replace(PLACE, (_, place) => parameters[Number(place) - 1]);

/** "" when it can go out, else the words for the first place that is empty. */
export function problemOf({ parameters }, written, empty) {
  const n = parameters.findIndex((_, place) => !written[place]?.trim());
  return n < 0 ? "" : empty(parameters[n]);
}

/** A way that is closed for free words can be chosen where there is a template for it. */
export function usable(way, templates) {
  const closed = !way.allowed && way.reason === "window_closed" && way.window === "template_only";
  return closed && templates.some(({ channel }) => channel === way.channel) ? { ...way, allowed: true, only_template: true } : way;
}
