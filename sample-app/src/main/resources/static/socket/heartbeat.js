// Whether the peer of one socket still lives. Every message proves it and postpones the next
// heartbeat; a heartbeat that nothing follows in time is the verdict.
export class Heartbeat {
  #options;
  #clock;
  #send;
  #dead;
  #lastLife;
  #sentAt;
  #replyTo;
  #timer;

  /** `send(text)` sends a heartbeat, `dead(text)` is called once, when the peer is taken for dead. */
  constructor(options, clock, { send, dead }) {
    this.#options = { interval: 10_000, timeout: 5_000, message: () => 'heartbeat', isReply: () => false, ...options };
    this.#clock = clock;
    this.#send = send;
    this.#dead = dead;
    this.#lastLife = clock.now();
    this.#await(this.#options.interval);
  }

  /**
   * Takes note of a message. Returns the round trip in milliseconds if it is the reply to the last
   * heartbeat, undefined for everything else: at most one text is taken as the reply to each.
   */
  received(text) {
    this.#lastLife = this.#clock.now();
    if (this.#sentAt !== undefined) {
      this.#sentAt = undefined;
      this.#await(this.#options.interval);
    }
    if (this.#replyTo !== undefined && this.#options.isReply(text)) {
      const roundTrip = this.#lastLife - this.#replyTo;
      this.#replyTo = undefined;
      return roundTrip;
    }
    return undefined;
  }

  /** Asks now, without waiting for the interval, unless an answer is awaited already. */
  ask() {
    if (this.#sentAt === undefined) {
      this.#beat();
    }
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
  }

  #await(millis) {
    this.#clock.clearTimeout(this.#timer);
    const due = this.#clock.now() + millis;
    this.#timer = this.#clock.setTimeout(() => this.#elapsed(due), millis);
  }

  #elapsed(due) {
    if (this.#sentAt === undefined) {
      const left = this.#lastLife + this.#options.interval - this.#clock.now();
      left > 0 ? this.#await(left) : this.#beat();
    } else if (this.#clock.now() - due > this.#options.timeout) {
      // The timer is this late because we slept, or the tab did: our silence, not the peer's.
      this.#beat();
    } else {
      this.#dead(`no answer to a heartbeat for ${this.#options.timeout / 1000} s`);
    }
  }

  #beat() {
    this.#sentAt = this.#replyTo = this.#clock.now();
    this.#await(this.#options.timeout);
    this.#send(this.#options.message());
  }
}
