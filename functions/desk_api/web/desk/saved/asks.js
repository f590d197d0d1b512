/** What each action of a saved reply asks of the API: the path, and the body without its key. */

const HOUR = 3_600_000;

/** `one` is the reply that was written; `why` is what whoever gets the case reads. */
export const ASKS = {
  close: ({ case_id, customer_id }, disposition) => [`/cases/${case_id}/close`, { customer_id, disposition }],
  transfer: ({ case_id, customer_id }, queue, why) => [`/cases/${case_id}/transfer`, { customer_id, queue, note: why }],
  tag: (one, code) => act(one, { act: "tag", add: [code] }),
  snooze: (one, hours) => act(one, { act: "snooze", until: new Date(Date.parse(one.at) + Number(hours) * HOUR).toISOString() }),
};

const act = ({ customer_id, case_id }, told) => ["/acts", { ...told, cases: [{ customer_id, case_id }] }];
