// R3, keyed push: acknowledges whatever arrives, and knows its peers by the key of their query.
import { serve } from './server.js';

serve({
  received: (peer) => peer.send(JSON.stringify({ message: `ack ${peer.url.searchParams.get('key')}` })),
});
