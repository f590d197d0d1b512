/** Places in a saved text that are filled when it is used. As shared/domain/variables.py. */

const PLACE = /\{([\p{L}\p{Nl}_][^\s{}]{0,39})\}/gu;

export const places = (text) => [...new Set([...text.matchAll(PLACE)].map(([, name]) => name))];

/** A place without a value stays a place; a value is never looked into. */
export const filled = (text, values) => text.replace(PLACE, (whole, name) => (Object.hasOwn(values, name) && values[name]?.trim()) || whole);

/** The text in this language, else in the one there is. */
export const textIn = (reply, language) => reply[`text_${language}`] || reply.text_ko || reply.text_en || "";

export const titleIn = (reply, language) => reply[`title_${language}`] || reply.title_ko || reply.title_en || reply.code;
