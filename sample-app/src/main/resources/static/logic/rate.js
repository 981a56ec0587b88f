// How much a counter grows in a second, seen over the last few seconds. Samples are an array of
// plain objects, the oldest first.

/** Takes note of the counter; a counter that goes back has started again. */
export function addSample(samples, count, now, window = 5_000) {
  if (count < samples.at(-1)?.count) {
    samples.length = 0;
  }
  samples.push({ count, now });
  while (samples.length > 2 && samples[1].now <= now - window) {
    samples.shift();
  }
}

export function perSecond(samples) {
  const first = samples[0];
  const last = samples.at(-1);
  return last?.now > first?.now ? ((last.count - first.count) * 1000) / (last.now - first.now) : 0;
}

export function rateText(rate) {
  return rate >= 10 || rate === 0 ? `${Math.round(rate)}/s` : `${rate.toFixed(1)}/s`;
}
