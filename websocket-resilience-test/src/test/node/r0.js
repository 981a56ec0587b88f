// R0, chat by id: greets with a plain text, answers "HeartBeat" with a text that contains the
// word, and passes {"message","fromId","toId"} on to the peers whose query says fromId=toId.
import { serve } from './server.js';

serve({
  opened: (peer) => peer.send('连接成功'),
  received: (peer, text, peers) => {
    if (text === 'HeartBeat') {
      peer.send('HeartBeat received');
      return;
    }
    const { message, toId } = JSON.parse(text);
    for (const other of peers) {
      if (other.url.searchParams.get('fromId') === toId) {
        other.send(JSON.stringify({ message }));
      }
    }
  },
});
