/** Where a customer is opened: at the case that `ours` tells, else at one that is open, else at the newest. */
export function mattersNow(card, ours = () => false) {
  const newest = [...card.cases].sort((a, b) => (a.opened_at < b.opened_at ? 1 : -1));
  return newest.find(ours) ?? newest.find((one) => !one.closed_at) ?? newest[0];
}
