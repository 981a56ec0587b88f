// A browser's WebSocket that stays connected. One place changes the state; a socket that was given
// up is compared by identity and never heard again. close() is for good: until start().
import { Backoff } from './backoff.js';
import { browserEnvironment, describeClose, DetailEvent, permittedCode, write } from './browser.js';
import { Heartbeat } from './heartbeat.js';
import { Outbox, Outcome } from './outbox.js';
import { State } from './state.js';

export { State };

const BUFFER_CHECK = 100;

/**
 * Events, each with its `detail`: `state` (a snapshot), `message` (the text), `heartbeat` (the
 * round trip in milliseconds).
 */
export class ResilientSocket extends EventTarget {
  #url;
  #options;
  #environment;
  #backoff;
  #outbox;
  #socket;
  #heartbeat;
  #timer;
  #stable;
  #flush;
  #pauses = new Set();
  #failures = 0;
  #snapshot = { state: State.IDLE, attempt: 0, nextAttemptIn: null, cause: null };

  /**
   * The URL is a text, or a function that is asked for one before each attempt. Times in `options`
   * are milliseconds. `environment` replaces clock, timers, chance and constructor in tests.
   */
  constructor(url, options = {}, environment = {}) {
    super();
    this.#url = typeof url === 'function' ? url : () => url;
    this.#options = { handshakeTimeout: 5_000, resetAfter: 5_000, ...options };
    this.#environment = { ...browserEnvironment, ...environment };
    this.#backoff = new Backoff(this.#options.reconnect, this.#environment.random);
    this.#outbox = new Outbox(this.#options.queue, this.#environment);
  }

  get state() {
    return this.#snapshot.state;
  }

  /** State and previous state, since when, attempt, cause, and when the next attempt was due then. */
  get snapshot() {
    return this.#snapshot;
  }

  start() {
    if (this.state === State.IDLE || this.state === State.CLOSED) {
      this.#failures = 0;
      const [reason] = this.#pauses;
      reason ? this.#become(State.PAUSED, { cause: reason }) : this.#connect();
    }
  }

  /** Closes, and stays closed until start(). What is still queued gets the outcome CLOSED. */
  close(code = 1000, reason = '') {
    if (this.state !== State.CLOSED) {
      this.#release(code, reason);
      this.#outbox.fail(Outcome.CLOSED);
      this.#become(State.CLOSED);
    }
  }

  /** Attempts at once, with a new socket. */
  reconnect() {
    if (this.state === State.OPEN || this.state === State.WAITING) {
      this.#connect();
    }
  }

  /** Sends, now or when there is a socket. Returns a promise of the Outcome; it never rejects. */
  send(text) {
    if (this.state === State.CLOSED) {
      return Promise.resolve(Outcome.CLOSED);
    }
    const outcome = this.#outbox.offer(text);
    this.#pump();
    return outcome;
  }

  /** Holds no socket and attempts nothing until resume() was called for the same reason. */
  pause(reason) {
    this.#pauses.add(reason);
    if (this.state === State.CONNECTING || this.state === State.OPEN || this.state === State.WAITING) {
      this.#release(1001, reason);
      this.#become(State.PAUSED, { cause: reason });
    }
  }

  resume(reason) {
    this.#pauses.delete(reason);
    if (this.state === State.PAUSED && this.#pauses.size === 0) {
      this.#connect();
    }
  }

  /** The page is looked at again: timers may have slept, so find out now how things are. */
  wake() {
    if (this.state === State.WAITING) {
      this.#connect();
    } else if (this.state === State.OPEN) {
      this.#heartbeat.ask();
    }
  }

  #connect() {
    this.#release(1001, 'reconnecting');
    const { handshakeTimeout } = this.#options;
    this.#failAfter(handshakeTimeout, `no handshake for ${handshakeTimeout / 1000} s`);
    try {
      this.#socket = this.#attempt();
    } catch (error) {
      this.#failAfter(0, error.message);
    }
    this.#become(State.CONNECTING, { attempt: this.#failures + 1 });
  }

  #attempt() {
    const socket = new this.#environment.WebSocket(this.#url());
    // 'error' is left alone: 'close' always follows it, and one end must have one reconnect.
    this.#on(socket, 'open', () => this.#opened());
    this.#on(socket, 'message', (event) => this.#received(event.data));
    this.#on(socket, 'close', (event) => this.#failed(describeClose(event)));
    return socket;
  }

  #failAfter(millis, cause) {
    this.#environment.clearTimeout(this.#timer);
    this.#timer = this.#environment.setTimeout(() => this.#failed(cause), millis);
  }

  #on(socket, type, listener) {
    socket.addEventListener(type, (event) => socket === this.#socket && listener(event));
  }

  #opened() {
    this.#environment.clearTimeout(this.#timer);
    this.#heartbeat = new Heartbeat(this.#options.heartbeat, this.#environment, {
      send: (text) => this.#socket.send(text),
      dead: (cause) => this.#failed(cause),
    });
    this.#stable = this.#environment.setTimeout(() => (this.#failures = 0), this.#options.resetAfter);
    this.#become(State.OPEN);
    this.#pump();
  }

  #received(text) {
    const roundTrip = this.#heartbeat.received(text);
    this.#emit(roundTrip === undefined ? 'message' : 'heartbeat', roundTrip ?? text);
  }

  // Also called for a peer that is silent: its close frame would never come, so nobody waits for it.
  #failed(cause) {
    this.#release(1001, '');
    this.#failures++;
    const delay = this.#backoff.delayAfter(this.#failures);
    this.#timer = this.#environment.setTimeout(() => this.#connect(), delay);
    this.#become(State.WAITING, { cause, nextAttemptIn: delay });
  }

  #pump() {
    this.#environment.clearTimeout(this.#flush);
    if (this.state !== State.OPEN) {
      return;
    }
    this.#outbox.drain((text) => write(this.#socket, text));
    if (this.#outbox.size > 0) {
      this.#flush = this.#environment.setTimeout(() => this.#pump(), BUFFER_CHECK);
    }
  }

  #release(code, reason) {
    [this.#timer, this.#stable, this.#flush].forEach((timer) => this.#environment.clearTimeout(timer));
    this.#heartbeat?.stop();
    const socket = this.#socket;
    this.#socket = this.#heartbeat = undefined;
    socket?.close(permittedCode(code), reason);
  }

  #become(state, { attempt = this.#snapshot.attempt, cause = null, nextAttemptIn = null } = {}) {
    const previous = this.state;
    this.#snapshot = { state, previous, since: this.#environment.now(), attempt, cause, nextAttemptIn };
    this.#emit('state', this.#snapshot);
  }

  #emit(type, detail) {
    this.dispatchEvent(new DetailEvent(type, detail));
  }
}
