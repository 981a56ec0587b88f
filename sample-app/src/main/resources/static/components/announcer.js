import { onMounted, onUnmounted, ref } from 'vue';
import { onTransition } from '../feed.js';
import { announcement } from '../logic/announce.js';

const PAUSE = 1_500;

/** Says changes of state to those who hear the page: some together, so that it stays calm. */
export const Announcer = {
  setup() {
    const text = ref('');
    let collected = [];
    let forget;
    function collect(transition) {
      if (collected.push(transition) === 1) {
        setTimeout(() => {
          text.value = announcement(collected);
          collected = [];
        }, PAUSE);
      }
    }
    onMounted(() => (forget = onTransition(collect)));
    onUnmounted(() => forget());
    return { text };
  },
  template: `<p class="hidden" role="status">{{ text }}</p>`,
};
