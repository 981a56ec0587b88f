// Times as people read them.

/** A span as text: 0.4 s, 12 s, 3 min 5 s, 2 h 4 min. */
export function span(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A whole span for a clock that ticks once a second. */
export function wholeSpan(millis) {
  return millis < 10_000 ? `${Math.max(0, Math.floor(millis / 1000))} s` : span(millis);
}

/** A round trip, which may be far below a millisecond on one machine. */
export function roundTripText(millis) {
  return `${millis < 10 ? millis.toFixed(1) : Math.round(millis)} ms`;
}

/** What a countdown shows; an attempt that is due is about to begin. */
export function countdown(millis, { before = 'in', ended = 'now' } = {}) {
  return millis > 0 ? `${before} ${span(millis)}` : ended;
}

/** The time of day of an ISO instant, in the reader's time zone, with milliseconds where asked for. */
export function timeOfDay(instant, { millis = false } = {}) {
  const date = new Date(instant);
  const two = (number) => String(number).padStart(2, '0');
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return millis ? `${text}.${String(date.getMilliseconds()).padStart(3, '0')}` : text;
}
