// R2 again, but this back end never says a word.
import { serve } from './server.js';

serve({});
