// R1, plain echo: echoes every text, heartbeats too, and sends pings of its own.
import { serve } from './server.js';

serve({
  opened: (peer) => {
    const pings = setInterval(() => peer.ping(), 1000);
    peer.socket.on('close', () => clearInterval(pings));
  },
  received: (peer, text) => peer.send(text),
});
