/** What the live socket brings, and what the desk does with it. */

import { Failure } from "../kit/api.js";

const TAKE = {
  entry: (desk, { entry }) => entered(desk, entry),
  work_changed: (desk) => desk.refresh().catch(() => {}),
  ack: (desk, { key, entry }) => desk.writing.acknowledged(key, entry),
  error: (desk, error) => failed(desk, error),
};

export const receive = (desk, frame) => TAKE[frame.type]?.(desk, frame);

function failed(desk, error) {
  if (error.code === "no_connection") desk.live.renew();
  else if (!desk.writing.failed(error.key, error)) desk.tell(new Failure(400, error).sentence);
}

function entered(desk, entry) {
  desk.talks.arrived(entry);
  desk.said(entry);
}
