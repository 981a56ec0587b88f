// The last minutes of a connection as stretches of one state, in percent of the whole. What was
// before the first transition that is known stays blank.
export function stretches(transitions, card, { now, window }) {
  const begin = now - window;
  const percent = (time) => Math.min(100, Math.max(0, ((time - begin) / window) * 100));
  const known = transitions.map((transition) => ({ state: transition.to, from: Date.parse(transition.at) }));
  if (known.length === 0) {
    known.push({ state: card.state, from: Date.parse(card.since) });
  }
  return known
    .map(({ state, from }, index) => ({ state, from, to: known[index + 1]?.from ?? now }))
    .filter(({ to }) => to > begin)
    .map(({ state, from, to }) => ({ state, left: percent(from), width: percent(to) - percent(from) }));
}

/** The transitions within the window, each with its place. */
export function marks(transitions, { now, window }) {
  return transitions
    .map((transition) => ({ ...transition, left: ((Date.parse(transition.at) - now + window) / window) * 100 }))
    .filter(({ left }) => left >= 0 && left <= 100);
}

/** A transition as the starter's log tells it. */
export function transitionText({ from, to, cause, delayMillis }) {
  const why = [cause, delayMillis == null ? null : `next attempt in ${(delayMillis / 1000).toFixed(1)} s`].filter(Boolean);
  return `${from} → ${to}${why.length > 0 ? ` (${why.join('; ')})` : ''}`;
}
