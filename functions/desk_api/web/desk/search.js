/** The search of the desk. */

import { desk } from "./desk-state.js";
import { finds } from "./finds.js";
import { searchDoor } from "./search-door.js";

export const { open: openSearch, ofAddress: searchOfAddress } = searchDoor(finds, () => desk.agent);
