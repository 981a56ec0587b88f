// One clock, its timers, and servers that do what a test says.
export class Simulation {
  time = 0;
  sockets = [];
  #timers = new Map();
  #lastTimer = 0;

  environment = {
    WebSocket: socketsOf(this),
    now: () => this.time,
    setTimeout: (task, millis) => {
      this.#timers.set(++this.#lastTimer, { task, due: this.time + millis });
      return this.#lastTimer;
    },
    clearTimeout: (timer) => this.#timers.delete(timer),
    random: () => 0.5,
  };

  get pendingTimers() {
    return this.#timers.size;
  }

  /** The socket made last. */
  get socket() {
    return this.sockets.at(-1);
  }

  /** Lets time pass; what is due runs when it is due. */
  advance(millis) {
    const end = this.time + millis;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.time = Math.max(this.time, next[1].due);
      this.#run(next);
    }
    this.time = end;
  }

  /** Lets time pass as in a suspended tab: what is due runs only at the end, late. */
  sleep(millis) {
    this.time += millis;
    this.advance(0);
  }

  #next(end) {
    const due = [...this.#timers].filter(([, timer]) => timer.due <= end);
    return due.sort(([, a], [, b]) => a.due - b.due)[0];
  }

  #run([id, { task }]) {
    this.#timers.delete(id);
    task();
  }
}

function socketsOf(simulation) {
  return class extends SimulatedSocket {
    constructor(url) {
      super(url);
      simulation.sockets.push(this);
    }
  };
}

class SimulatedSocket extends EventTarget {
  readyState = 0;
  bufferedAmount = 0;
  sent = [];
  closedWith = null;

  constructor(url) {
    super();
    this.url = url;
  }

  send(text) {
    this.sent.push(text);
  }

  close(code, reason) {
    this.closedWith ??= { code, reason };
    this.readyState = Math.max(this.readyState, 2);
  }

  // What the server does

  accept() {
    this.readyState = 1;
    this.#tell('open');
    return this;
  }

  say(text) {
    this.#tell('message', { data: text });
  }

  end({ code = 1006, reason = '', wasClean = code !== 1006 } = {}) {
    this.readyState = 3;
    this.#tell('close', { code, reason, wasClean });
  }

  /** A browser reports a failure twice. */
  fail() {
    this.readyState = 3;
    this.#tell('error');
    this.#tell('close', { code: 1006, reason: '', wasClean: false });
  }

  #tell(type, properties) {
    this.dispatchEvent(Object.assign(new Event(type), properties));
  }
}
