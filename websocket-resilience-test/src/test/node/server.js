// What the servers of all recipes share: they listen on the port given as the first argument or
// any other, of the address given as the second or 127.0.0.1, print what they see as JSON lines, and obey commands on stdin:
//
//   pause                 read and write nothing more on the sockets there are; new ones work
//   resume                go on with them
//   close <code> <reason> close all sockets in an orderly way
//   drop                  end all sockets without a close frame
//   send <text>           send a text to all sockets
//   exit                  end
//
// and those of the recipe. A server ends with its stdin, so none outlives the test that started it.
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

export const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

class Peer {
  constructor(id, socket, url) {
    this.id = id;
    this.socket = socket;
    this.url = new URL(url, 'ws://localhost');
    this.paused = false;
  }

  send(text) {
    if (!this.paused) {
      this.socket.send(text);
    }
  }

  ping() {
    if (!this.paused) {
      this.socket.ping();
    }
  }

  pause() {
    this.paused = true;
    this.socket.pause();
  }

  resume() {
    this.paused = false;
    this.socket.resume();
  }
}

/**
 * Serve one recipe.
 * @param opened called with a new peer and all peers
 * @param received called with a peer, a text and all peers
 * @param quiet whether to print no messages, since there will be too many
 * @param options more of the library's
 * @param more commands by name, called with all peers and the words that follow
 */
export function serve({ opened = () => {}, received = () => {}, quiet = false, options = {}, more = {} }) {
  const peers = new Set();
  const server = new WebSocketServer({
    host: process.argv[3] ?? '127.0.0.1',
    port: Number(process.argv[2] ?? 0),
    ...options,
  });
  let count = 0;

  server.on('listening', () => print({ event: 'listening', port: server.address().port }));
  server.on('connection', (socket, request) => {
    const peer = new Peer(++count, socket, request.url);
    const report = (event, details) => print({ event, socket: peer.id, ...details });
    peers.add(peer);
    report('open', { url: request.url });
    socket.on('message', (data, binary) => {
      const text = data.toString();
      if (!quiet) {
        report(binary ? 'binary' : 'text', { text });
      }
      received(peer, text, peers);
    });
    socket.on('ping', () => report('ping'));
    socket.on('pong', () => report('pong'));
    socket.on('error', (error) => report('error', { text: error.message }));
    socket.on('close', (code, reason) => {
      peers.delete(peer);
      report('close', { code, text: reason.toString() });
    });
    opened(peer, peers);
  });

  const commands = {
    pause: () => peers.forEach((peer) => peer.pause()),
    resume: () => peers.forEach((peer) => peer.resume()),
    close: (code, ...reason) => peers.forEach((peer) => peer.socket.close(Number(code), reason.join(' '))),
    drop: () => peers.forEach((peer) => peer.socket.terminate()),
    send: (...text) => peers.forEach((peer) => peer.send(text.join(' '))),
    exit: () => process.exit(0),
  };
  Object.entries(more).forEach(([name, command]) => {
    commands[name] = (...rest) => command(peers, ...rest);
  });
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => {
    const [command, ...rest] = line.split(' ');
    commands[command](...rest);
    print({ event: 'done', text: line });
  });
  input.on('close', () => process.exit(0));
}
