/** What a saved reply does besides, in words. */

import { dispositionName } from "../entry-view.js";
import { queueName } from "../../kit/labels.js";
import { currentLanguage, say } from "../../kit/words.js";

const VALUES = {
  close: (value, desk) => dispositionName(desk, value),
  tag: (value, desk) => desk.declared?.tags?.find(({ code }) => code === value)?.[`label_${currentLanguage()}`] || value,
  snooze: (value) => value,
  transfer: (value) => queueName(value),
};

export const actionWord = ({ what, value }, desk) => say(`saved.do.${what}`, { value: VALUES[what]?.(value, desk) ?? value });

export const actionWords = (actions, desk) => (actions ?? []).map((one) => actionWord(one, desk)).join(", ");
