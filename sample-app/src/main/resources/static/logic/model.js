// What the page knows, and how each message of its feed changes that.
import { addSample } from './rate.js';
import { keepLast } from './recent.js';

export const ROUND_TRIPS = 40;

const TRANSITIONS = 400;
const LINES = 300;

export function newModel() {
  return { connections: [], server: { sockets: 0, faults: [] }, transitions: [], lines: [], histories: {}, ahead: 0, lastLine: 0 };
}

const changes = {
  hello(model, { transitions, messages }) {
    model.transitions = transitions;
    model.lines = [];
    messages.forEach((message) => addLine(model, message));
  },

  state(model, { connections, server, now }, localNow) {
    model.ahead = Date.parse(now) - localNow;
    model.connections = connections;
    model.server = server;
    connections.forEach((card) => observe(model, card, localNow));
  },

  transition(model, transition) {
    keepLast(model.transitions, TRANSITIONS, transition);
  },

  message: addLine,

  skipped(model, { connection, count }, localNow) {
    const at = new Date(localNow + model.ahead).toISOString();
    addLine(model, { connection, direction: 'skipped', at, text: `${count} more, not shown`, outcome: null });
  },
};

/** Applies one message of the feed; of a kind that is not known, nothing. */
export function apply(model, message, localNow) {
  if (Object.hasOwn(changes, message.type)) {
    changes[message.type](model, message, localNow);
  }
}

function addLine(model, message) {
  keepLast(model.lines, LINES, { ...message, key: ++model.lastLine });
}

function observe(model, card, now) {
  const history = (model.histories[card.name] ??= { roundTrips: [], sampledAt: -Infinity, sent: [], received: [] });
  addSample(history.sent, card.sent.messages, now);
  addSample(history.received, card.received.messages, now);
  if (card.roundTripMillis !== null && now - history.sampledAt >= 900) {
    history.sampledAt = now;
    keepLast(history.roundTrips, ROUND_TRIPS, card.roundTripMillis);
  }
}
