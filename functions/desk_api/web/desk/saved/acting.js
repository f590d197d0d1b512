/** What a saved reply does besides, in words. */

import { desk } from "../desk-state.js";
import { dispositionName } from "../entry-view.js";
import { queueName } from "../../kit/labels.js";
import { currentLanguage, say } from "../../kit/words.js";

const VALUES = {
  close: (value) => dispositionName(desk, value),
  tag: (value) => desk.declared?.tags?.find(({ code }) => code === value)?.[`label_${currentLanguage()}`] || value,
  snooze: (value) => value,
  transfer: (value) => queueName(value),
};

export const actionWord = ({ what, value }) => say(`saved.do.${what}`, { value: VALUES[what]?.(value) ?? value });

export const actionWords = (actions) => (actions ?? []).map(actionWord).join(", ");
