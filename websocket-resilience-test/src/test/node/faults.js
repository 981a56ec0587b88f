// A server for faults: prints the numbered texts it gets, says nothing but pongs, and obeys also
//
//   feed           send <socket>:<number> to these sockets and all that come, five times a second
//   calm           send no more
//   delay <millis> take that long for a pong
//   reset          end all sockets with an RST
//   ports          print from which ports the sockets come
import { print, serve } from './server.js';

let feeding = false;
let delay = 0;

serve({
  options: { autoPong: false },
  opened: (peer) => {
    let number = 0;
    const feed = setInterval(() => feeding && peer.send(`${peer.id}:${number++}`), 200);
    peer.socket.on('close', () => clearInterval(feed));
    peer.socket.on('ping', (data) => setTimeout(() => peer.socket.pong(data), delay));
  },
  more: {
    feed: () => {
      feeding = true;
    },
    calm: () => {
      feeding = false;
    },
    delay: (peers, millis) => {
      delay = Number(millis);
    },
    // The package has no public way to the TCP socket below.
    reset: (peers) => peers.forEach((peer) => peer.socket._socket.resetAndDestroy()),
    ports: (peers) => print({ event: 'ports', ports: [...peers].map((peer) => peer.socket._socket.remotePort) }),
  },
});
