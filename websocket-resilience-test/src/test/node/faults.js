// A server for faults: prints the numbered texts it gets, says nothing but pongs, and obeys also
//
//   feed              send <socket>:<number> to these sockets and all that come, five times a second
//   calm              send no more
//   stop <pid>...     with the next ping stop these processes, of which one may be this server, and
//                     leave that ping unanswered
//   answer            answer it after all
//   reset             end all sockets with an RST
//   ports             print from which ports the sockets come
import { print, serve } from './server.js';

let feeding = false;
let victims = [];
let answer = () => {};
let textsSince;

// The client sends a text when the one before has left it, all in one order with its pings. So
// when some came after a ping, it has noted that the ping has left it too, and waits for the pong.
const TEXTS_THAT_PROVE_IT = 4;

function pinged(peer, data) {
  answer = () => peer.socket.pong(data);
  if (victims.length === 0) {
    answer();
  } else {
    textsSince = 0;
  }
}

function received() {
  textsSince++;
  if (textsSince === TEXTS_THAT_PROVE_IT) {
    const stopped = victims;
    victims = [];
    stopped.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  }
}

serve({
  options: { autoPong: false },
  received,
  opened: (peer) => {
    let number = 0;
    const feed = setInterval(() => feeding && peer.send(`${peer.id}:${number++}`), 200);
    peer.socket.on('close', () => clearInterval(feed));
    peer.socket.on('ping', (data) => pinged(peer, data));
  },
  more: {
    feed: () => {
      feeding = true;
    },
    calm: () => {
      feeding = false;
    },
    stop: (peers, ...pids) => {
      victims = pids.map(Number);
    },
    answer: () => answer(),
    // The package has no public way to the TCP socket below.
    reset: (peers) => peers.forEach((peer) => peer.socket._socket.resetAndDestroy()),
    ports: (peers) => print({ event: 'ports', ports: [...peers].map((peer) => peer.socket._socket.remotePort) }),
  },
});
