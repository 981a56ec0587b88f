// How long to wait before the next attempt: exponential, bounded, jittered. Without jitter all
// pages that lost the same server would come back at the same moment.
export class Backoff {
  #options;
  #random;

  constructor(options, random) {
    this.#options = { delay: 500, multiplier: 2, maxDelay: 15_000, jitter: 0.5, ...options };
    this.#random = random;
  }

  /** The milliseconds to wait after so many failures in a row, 1 or more. */
  delayAfter(failures) {
    const { delay, multiplier, maxDelay, jitter } = this.#options;
    const bounded = Math.min(maxDelay, delay * multiplier ** (failures - 1));
    return Math.round(bounded * (1 + jitter * (2 * this.#random() - 1)));
  }
}
