// R2, outlive the back end: any message is an answer, so business data will do.
import { serve } from './server.js';

serve({
  received: (peer) => peer.send('{"orders":3}'),
});
