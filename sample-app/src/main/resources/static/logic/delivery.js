// Messages between tabs that arrive, or say why not. Handed to a socket is not received: each
// message carries an id, is acknowledged by the server, and is sent again until it is, or until its
// time is over. Who receives it twice shows it once. One at a time for each addressee keeps order.
export const Status = Object.freeze({
  WAITING: 'waiting',
  SENT: 'sent',
  DELIVERED: 'delivered',
  FAILED: 'failed',
  RECEIVED: 'received',
});

export class Delivery {
  #messages;
  #options;
  #clock;
  #timer;

  /**
   * `messages` is the array that shows them. `send(message)` hands one to the socket and says
   * whether there was one.
   */
  constructor(messages, send, { clock, timeLimit = 20_000, retryAfter = 1_500 }) {
    this.#messages = messages;
    this.#options = { send, timeLimit, retryAfter };
    this.#clock = clock;
  }

  submit(id, toId, text) {
    const expiresAt = this.#clock.now() + this.#options.timeLimit;
    this.#messages.push({ id, toId, text, status: Status.WAITING, reason: 'not connected', retryAt: 0, expiresAt });
    this.#work();
  }

  /** There is a socket again: what the last one took may never have arrived. */
  connected() {
    this.#pending().forEach((message) => (message.retryAt = 0));
    this.#work();
  }

  acknowledged(id, delivered) {
    const message = this.#pending().find((one) => one.id === id);
    if (message && delivered) {
      this.#settle(message, Status.DELIVERED, null);
    } else if (message) {
      this.#settle(message, Status.WAITING, `nobody is connected as ${message.toId}`);
    }
    this.#work();
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#pending().forEach((message) => this.#settle(message, Status.FAILED, 'you left'));
  }

  #pending() {
    return this.#messages.filter(({ status }) => status === Status.WAITING || status === Status.SENT);
  }

  #work() {
    const now = this.#clock.now();
    this.#pending()
      .filter(({ expiresAt }) => expiresAt <= now)
      .forEach((message) => this.#settle(message, Status.FAILED, `${message.reason} for ${this.#options.timeLimit / 1000} s`));
    this.#heads().filter(({ retryAt }) => retryAt <= now).forEach((message) => this.#send(message, now));
    this.#watch(now);
  }

  #send(message, now) {
    message.retryAt = now + this.#options.retryAfter;
    if (!this.#options.send(message)) {
      this.#settle(message, Status.WAITING, 'not connected');
    } else if (message.status === Status.WAITING && message.reason === 'not connected') {
      this.#settle(message, Status.SENT, 'not acknowledged');
    }
  }

  // The first for each addressee.
  #heads() {
    const pending = this.#pending();
    return pending.filter(({ toId }, index) => pending.findIndex((one) => one.toId === toId) === index);
  }

  #watch(now) {
    this.#clock.clearTimeout(this.#timer);
    const times = [...this.#heads().map(({ retryAt }) => retryAt), ...this.#pending().map(({ expiresAt }) => expiresAt)];
    if (times.length > 0) {
      this.#timer = this.#clock.setTimeout(() => this.#work(), Math.max(0, Math.min(...times) - now));
    }
  }

  #settle(message, status, reason) {
    Object.assign(message, { status, reason });
  }
}
