// The page's own socket: what the server tells, kept as the page's model.
import { reactive, shallowRef } from 'vue';
import { apply, newModel } from './logic/model.js';
import { followPage } from './socket/page.js';
import { ResilientSocket } from './socket/resilient-socket.js';

const HEARTBEAT = '{"type":"heartbeat"}';

// Messages are applied together, often enough for the eye.
const BATCH = 20;

export const model = reactive(newModel());

/** The snapshot of the page's own socket. */
export const feed = shallowRef({ state: 'IDLE' });

const listeners = new Set();
let batch = [];

/** Calls with each transition as it comes; returns a function that ends it. */
export function onTransition(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function startFeed() {
  const address = new URL('page', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new ResilientSocket(address.href, {
    heartbeat: { interval: 3_000, timeout: 3_000, message: () => HEARTBEAT, isReply: (text) => text === HEARTBEAT },
    reconnect: { delay: 500, maxDelay: 5_000 },
  });
  socket.addEventListener('state', ({ detail }) => {
    const next = detail.nextAttemptIn;
    feed.value = { ...detail, nextAttemptAt: next === null ? null : new Date(Date.now() + next + model.ahead).toISOString() };
  });
  socket.addEventListener('message', ({ detail }) => receive(JSON.parse(detail)));
  followPage(socket);
  socket.start();
}

function receive(message) {
  if (batch.push(message) === 1) {
    setTimeout(applyBatch, BATCH);
  }
}

function applyBatch() {
  const messages = batch;
  batch = [];
  messages.forEach((message) => {
    apply(model, message, Date.now());
    if (message.type === 'transition') {
      listeners.forEach((listener) => listener(message));
    }
  });
}
