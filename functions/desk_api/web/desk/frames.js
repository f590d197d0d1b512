/** What the live socket brings, and what the desk does with it. */

import { Failure } from "../kit/api.js";

const TAKE = {
  entry: (desk, { entry }) => entered(desk, entry),
  work_changed: (desk) => desk.refresh().catch(() => {}),
  told: (desk) => desk.refresh().catch(() => {}),
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
