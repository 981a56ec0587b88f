import { computed } from 'vue';
import { serverNow, serverSecond } from '../clock.js';
import { countdown, wholeSpan } from '../logic/time-text.js';

/** How long ago it was, ticking. */
export const TimeSince = {
  props: { instant: { type: String, required: true } },
  setup(props) {
    return { text: computed(() => wholeSpan(serverSecond() - Date.parse(props.instant))) };
  },
  template: `<time :datetime="instant">{{ text }}</time>`,
};

/** How long it will be, ticking. Alone, so that nothing else is rendered ten times a second. */
export const CountDown = {
  props: { instant: { type: String, required: true }, words: { type: Object, default: undefined } },
  setup(props) {
    return { text: computed(() => countdown(Date.parse(props.instant) - serverNow(), props.words)) };
  },
  template: `<time class="countdown" :datetime="instant">{{ text }}</time>`,
};
