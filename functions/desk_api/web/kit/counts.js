/** Numbers that are read up to a bound only: what lies above it is not known, and is not said. */

export const MOST_COUNTED = 100; // as COUNTED in see_work.py

export const counted = (n, most = MOST_COUNTED) => (n > most ? `${most}+` : String(n));
