/** The middle and the right of the desk, with their words and styles: loaded when the first conversation is opened. */

// The words come first: an element of ours speaks as soon as its module is there.
import "./talk-words.js";
import "./mail-words.js";
import "./card-view.js";
import { style } from "../kit/dom.js";
import "./talk-view.js";

for (const sheet of ["conversation.css", "card.css"]) style(`/assets/desk/desk/${sheet}`);
