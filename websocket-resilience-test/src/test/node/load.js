// Load in both directions, checked on this side too. What is sent and expected is numbered:
//
//   to us    <sender>:<number>                             numbers of each sender from 0 on
//   from us  <socket>:<number>:<kind>:<bytes>:<padding>    numbers of each socket from 0 on,
//                                                          kind t or b, bytes of the whole
// Commands:
//
//   tally         print what has come
//   feed <count>  send so many messages to all sockets, and print when all are written
//   flood         send to these sockets and all that come, as fast as they take it
//   calm          send no more, and print how many were sent to each socket
//   reap <millis> ping all sockets that often, and drop those that have not answered the last
import { print, serve } from './server.js';

const LARGEST = 1024 * 1024;

// Written in batches, each waited for, so that what a client does not read is not kept here.
const BATCH = 64;

const senders = new Map();
const sent = new Map();
let disordered = 0;
let flooding = false;

function received(peer, text) {
  const [sender, number] = text.split(':');
  const expected = senders.get(sender) ?? 0;
  if (Number(number) !== expected) {
    disordered += 1;
  }
  senders.set(sender, Number(number) + 1);
}

/** Mostly small ones; some are binary, some are large and come in fragments. */
function shapeOf(number) {
  if (number % 33_333 === 33_332) {
    return { kind: 't', bytes: LARGEST, fragment: 100_000 };
  }
  if (number % 500 === 250) {
    return { kind: number % 1000 === 250 ? 't' : 'b', bytes: 60_000, fragment: 7_001 };
  }
  return { kind: number % 10 === 3 ? 'b' : 't', bytes: 64, fragment: LARGEST };
}

function payload(socket, number, kind, bytes) {
  const head = `${socket}:${number}:${kind}:${bytes}:`;
  const rest = bytes - head.length;
  // Three bytes each, so that fragments split characters.
  return Buffer.from(head + '\u20ac'.repeat(Math.floor(rest / 3)) + 'x'.repeat(rest % 3));
}

function send(peer, number, written) {
  const { kind, bytes, fragment } = shapeOf(number);
  const data = payload(peer.id, number, kind, bytes);
  for (let begin = 0; begin < data.length; begin += fragment) {
    const fin = begin + fragment >= data.length;
    peer.socket.send(data.subarray(begin, begin + fragment), { binary: kind === 'b', fin }, fin ? written : undefined);
  }
  sent.set(peer.id, number + 1);
}

async function sendWhile(peer, wanted) {
  const open = () => peer.socket.readyState === peer.socket.OPEN;
  let number = sent.get(peer.id) ?? 0;
  while (open() && wanted(number)) {
    if (number % BATCH === 0) {
      const next = number;
      await new Promise((resolve) => send(peer, next, resolve));
    } else {
      send(peer, number);
    }
    number += 1;
  }
}

serve({
  quiet: true,
  received,
  opened: (peer) => {
    peer.alive = true;
    peer.socket.on('pong', () => {
      peer.alive = true;
    });
    if (flooding) {
      sendWhile(peer, () => flooding);
    }
  },
  more: {
    tally: () => print({ event: 'tally', senders: Object.fromEntries(senders), disordered }),
    feed: (peers, count) =>
      peers.forEach(async (peer) => {
        await sendWhile(peer, (number) => number < Number(count));
        print({ event: 'fed', socket: peer.id, count: sent.get(peer.id) });
      }),
    flood: (peers) => {
      flooding = true;
      peers.forEach((peer) => sendWhile(peer, () => flooding));
    },
    calm: () => {
      flooding = false;
      print({ event: 'calm', sent: Object.fromEntries(sent) });
    },
    reap: (peers, millis) =>
      setInterval(() => {
        peers.forEach((peer) => {
          if (!peer.alive) {
            peer.socket.terminate();
            return;
          }
          peer.alive = false;
          peer.ping();
        });
      }, Number(millis)),
  },
});
