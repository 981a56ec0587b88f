// What a newcomer is asked to do, one thing after the other. A step is done when its fault was
// injected, or its button pressed, and all is open again.
export const steps = Object.freeze([
  { fault: 'drop', text: 'Press “Drop sockets” and watch: every connection comes back by itself.' },
  { fault: 'silence', text: 'Now “Go silent”. TCP stays alive, so only the heartbeat can tell that nobody is there.' },
  { fault: 'refuse', text: 'Now “Refuse upgrades”, then drop the sockets again: each wait is longer than the last, and drawn by chance.' },
  { fault: 'stop', text: 'Now “Stop the listener”, and send something meanwhile: it waits in the queue, and goes out when there is a socket.' },
]);

export const last = 'You have seen what the starter does. Close a connection: it stays closed, until you open it.';

export class Tour {
  index = 0;
  armed = false;
  broken = false;

  get text() {
    return steps[this.index]?.text ?? last;
  }

  get position() {
    return this.index < steps.length ? `${this.index + 1} of ${steps.length}` : '';
  }

  /** The fault that the step asks for. */
  get fault() {
    return steps[this.index]?.fault ?? null;
  }

  injected(fault) {
    this.armed ||= fault === this.fault;
  }

  /** Takes note of how all connections are. */
  see(states) {
    const open = states.length > 0 && states.every((state) => state === 'OPEN');
    this.broken ||= this.armed && !open;
    if (this.broken && open) {
      this.armed = this.broken = false;
      this.index++;
    }
  }
}
