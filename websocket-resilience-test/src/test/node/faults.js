// A server for faults: prints the numbered texts it gets, says nothing but pongs, and obeys also
//
//   feed              send <socket>:<number> to these sockets and all that come, five times a second
//   calm              send no more
//   stop <pid>        stop this process as soon as it pings, and leave that ping unanswered
//   stop <pid> <pid>  the same with two, of which one may be this server
//   answer            answer it after all
//   reset             end all sockets with an RST
//   ports             print from which ports the sockets come
import { print, serve } from './server.js';

let feeding = false;
let victims = [];
let answer = () => {};

function pinged(peer, data) {
  answer = () => peer.socket.pong(data);
  if (victims.length === 0) {
    answer();
    return;
  }
  print({ event: 'stops', socket: peer.id });
  const stopped = victims;
  victims = [];
  stopped.forEach((pid) => process.kill(pid, 'SIGSTOP'));
}

serve({
  options: { autoPong: false },
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
