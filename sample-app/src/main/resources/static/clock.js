// One timer for all that counts on this page, and the difference to the server's clock.
import { ref } from 'vue';
import { model } from './feed.js';

const TENTH = 100;

const tenths = ref(Date.now());
const seconds = ref(Date.now());

setInterval(() => {
  tenths.value = Date.now();
  if (tenths.value - seconds.value >= 1_000) {
    seconds.value = tenths.value;
  }
}, TENTH);

/** The server's time in milliseconds; whoever reads it while rendering is rendered ten times a second. */
export const serverNow = () => tenths.value + model.ahead;

/** The same, once a second. */
export const serverSecond = () => seconds.value + model.ahead;
