/** The search of the supervisor's page: as the desk's, but what is found is read along. */

import { searchDoor } from "../desk/search-door.js";
import { mattersNow } from "../desk/matters-now.js";
import { inTexts } from "../desk/palette.js";
import { get } from "../kit/api.js";
import { toast } from "../kit/toast.js";
import { say } from "../kit/words.js";
import { supervisor } from "./supervisor-state.js";

const finds = {
  commands: () => [],
  open: (case_id, customer_id) => supervisor.look({ case_id, customer_id }),
  visit,
  line: (hit) => (hit.case_id ? finds.open(hit.case_id, hit.customer_id) : visit(hit.customer_id)),
};
finds.sources = [inTexts(finds)];

async function visit(customerId) {
  try {
    const card = await get(`/customers/${encodeURIComponent(customerId)}`);
    const wanted = mattersNow(card);
    if (wanted) finds.open(wanted.case_id, card.customer_id);
    else toast(say("search.nocase"));
  } catch (failure) {
    toast(failure.sentence ?? failure.message);
  }
}

export const { open: openSearch, ofAddress: searchOfAddress } = searchDoor(finds, () => supervisor.agent);
