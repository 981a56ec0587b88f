// R4, message codes: heartbeats and messages are echoed, each by its ModeCode.
import { serve } from './server.js';

serve({
  received: (peer, text) => {
    switch (JSON.parse(text).ModeCode) {
      case 'heart_beat':
      case 'message':
        peer.send(text);
        break;
      default:
        peer.socket.close(1003, 'unknown ModeCode');
    }
  },
});
