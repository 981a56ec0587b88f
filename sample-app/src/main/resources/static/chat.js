// A tab of its own in the chat: its socket, and messages that are acknowledged.
import { reactive, shallowRef } from 'vue';
import { get } from './api.js';
import { Delivery, Status } from './logic/delivery.js';
import { RecentIds } from './logic/recent.js';
import { browserEnvironment } from './socket/browser.js';
import { followPage } from './socket/page.js';
import { ResilientSocket, State } from './socket/resilient-socket.js';

const HEARTBEAT = 'HeartBeat';

const LINES = 200;

/** Joins as this id. `lines` are shown: own ones with their status, and those of others. */
export async function join(fromId) {
  const { demoPort } = await get('api/info');
  const lines = reactive([]);
  const snapshot = shallowRef({ state: State.IDLE });
  const seen = new RecentIds();
  const protocol = location.protocol.replace('http', 'ws');
  const socket = new ResilientSocket(`${protocol}//${location.hostname}:${demoPort}/ws?fromId=${encodeURIComponent(fromId)}`, {
    heartbeat: { interval: 5_000, timeout: 3_000, message: () => HEARTBEAT, isReply: (text) => text === HEARTBEAT },
    reconnect: { delay: 500, maxDelay: 5_000 },
  });
  const delivery = new Delivery(lines, ({ id, toId, text }) => {
    const connected = socket.state === State.OPEN;
    connected && socket.send(JSON.stringify({ message: text, fromId, toId, id }));
    return connected;
  }, { clock: browserEnvironment });

  socket.addEventListener('state', ({ detail }) => {
    snapshot.value = detail;
    detail.state === State.OPEN && delivery.connected();
  });
  socket.addEventListener('message', ({ detail }) => {
    const message = parse(detail);
    if (message?.ack) {
      delivery.acknowledged(message.ack, message.delivered);
    } else if (message?.fromId && (!message.id || seen.isNew(message.id))) {
      lines.push({ id: message.id ?? newId(), fromId: message.fromId, text: message.message, status: Status.RECEIVED });
      forgetOldest(lines);
    }
  });
  const forget = followPage(socket);
  socket.start();

  return {
    lines,
    snapshot,
    send: (toId, text) => delivery.submit(newId(), toId, text),
    reconnect: () => socket.reconnect(),
    toggle: () => (socket.state === State.CLOSED ? socket.start() : socket.close()),
    leave() {
      forget();
      delivery.stop();
      socket.close();
    },
  };
}

// What is still under way stays.
function forgetOldest(lines) {
  const settled = [Status.RECEIVED, Status.DELIVERED, Status.FAILED];
  if (lines.length > LINES && settled.includes(lines[0].status)) {
    lines.shift();
  }
}

// The greeting is a plain text, and no message.
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Not crypto.randomUUID(): that is for secure pages only, and this one may be looked at by http.
function newId() {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('-');
}
