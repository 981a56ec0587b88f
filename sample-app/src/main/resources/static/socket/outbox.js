// What waits to be sent: bounded in number and in time. Every text that was offered gets exactly
// one outcome, so nothing is lost without a word.
export const Outcome = Object.freeze({
  HANDED_OVER: 'HANDED_OVER',
  QUEUE_FULL: 'QUEUE_FULL',
  EXPIRED: 'EXPIRED',
  CLOSED: 'CLOSED',
});

export class Outbox {
  #options;
  #clock;
  #waiting = [];
  #timer;

  constructor(options, clock) {
    this.#options = { capacity: 100, timeToLive: 30_000, ...options };
    this.#clock = clock;
  }

  get size() {
    return this.#waiting.length;
  }

  /** Returns a promise of the outcome; it never rejects. */
  offer(text) {
    if (this.#waiting.length >= this.#options.capacity) {
      return Promise.resolve(Outcome.QUEUE_FULL);
    }
    return new Promise((resolve) => {
      this.#waiting.push({ text, resolve, expiresAt: this.#clock.now() + this.#options.timeToLive });
      this.#watch();
    });
  }

  /** Hands texts to `write`, the oldest first, for as long as it takes them. */
  drain(write) {
    this.#expire();
    while (this.#waiting.length > 0 && write(this.#waiting[0].text)) {
      this.#waiting.shift().resolve(Outcome.HANDED_OVER);
    }
    this.#watch();
  }

  /** Gives all that wait this outcome. */
  fail(outcome) {
    this.#waiting.splice(0).forEach((waiting) => waiting.resolve(outcome));
    this.#watch();
  }

  #expire() {
    while (this.#waiting.length > 0 && this.#waiting[0].expiresAt <= this.#clock.now()) {
      this.#waiting.shift().resolve(Outcome.EXPIRED);
    }
  }

  // All have the same time to live, so the oldest is the next to expire.
  #watch() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length > 0) {
      const left = Math.max(0, this.#waiting[0].expiresAt - this.#clock.now());
      this.#timer = this.#clock.setTimeout(() => {
        this.#expire();
        this.#watch();
      }, left);
    }
  }
}
