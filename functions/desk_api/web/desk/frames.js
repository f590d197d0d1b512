/** What the desk learns: all of it from GET /me, hints from the live socket. */

import { Failure } from "../kit/api.js";
import { learnChannels } from "../kit/channels.js";
import { learnKinds, learnLabels } from "../kit/labels.js";
import { prefer } from "../kit/words.js";

const TAKE = {
  entry: (desk, { entry }) => entered(desk, entry),
  work_changed: (desk) => desk.refresh().catch(() => {}),
  told: (desk) => desk.refresh().catch(() => {}),
  typing: (desk, frame) => import("./write/typing.js").then(({ heard }) => heard(desk, frame.customer_id)),
  ack: (desk, { key, entry }) => desk.writing.acknowledged(key, entry),
  error: (desk, error) => failed(desk, error),
};

const HANDED = new Set(["consult_joined", "consult_ended", "transferred"]);

export const receive = (desk, frame) => TAKE[frame.type]?.(desk, frame);

function failed(desk, error) {
  if (error.code === "no_connection") desk.live.renew();
  else if (!desk.writing.failed(error.key, error)) desk.tell(new Failure(400, error).sentence);
}

function entered(desk, entry) {
  desk.talks.arrived(entry);
  // What a colleague answered, or hands on, changes what this desk may do with the case.
  if (HANDED.has(entry.kind)) desk.refresh().catch(() => {});
  desk.said(entry);
  desk.heard?.(entry);
}

/** The answer of GET /me. */
export function learned(desk, me) {
  prefer(me.agent.language);
  learnChannels(me.channels);
  learnKinds(me.kinds);
  learnLabels(me.labels);
  const { agent, offers, cases: work, waiting, dispositions, survey, note_limit, templates } = me;
  Object.assign(desk, { agent, waiting: waiting ?? {}, dispositions, scale: survey?.scale ?? 5, templates: templates ?? [], undo: me.undo ?? {} });
  Object.assign(desk, { aux: me.aux ?? [], wrapping: me.wrapping ?? [], zone: me.zone ?? "", declared: me.declared ?? desk.declared });
  Object.assign(desk, { notices: me.notices ?? [], followed: me.followed ?? [], setUp: me.desk ?? null });
  Object.assign(desk, { phone: me.phone ?? null, ownPhones: me.own_phones ?? false, callsBrowser: me.calls_browser ?? false });
  desk.cases.consults = me.consults ?? [];
  desk.noteTraits = { name: "", text_unit: "characters", text_limit: note_limit };
  desk.offers.ringing = offers;
  desk.cases.work = work;
  if (desk.presence === "available" && desk.phone?.startsWith("client:")) import("./call/telephone.js").then(({ ready }) => ready(desk));
}
