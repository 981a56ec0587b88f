import { computed, reactive } from 'vue';
import { model } from '../feed.js';
import { filterLines } from '../logic/log-filter.js';
import { timeOfDay } from '../logic/time-text.js';

const SHOWN = 100;
const ARROWS = { in: '←', out: '→', skipped: '…' };
const WORDS = { in: 'received', out: 'sent', skipped: 'left out' };

/** What the connections sent and received, the latest first. */
export const MessageLog = {
  setup() {
    const filter = reactive({ connection: '', words: '' });
    const lines = computed(() => filterLines(model.lines, filter).slice(-SHOWN).reverse());
    return { ARROWS, filter, lines, model, timeOfDay, WORDS };
  },
  template: `
    <section class="panel log" aria-labelledby="log-title">
      <h2 id="log-title">Messages</h2>
      <div class="fields">
        <label>Connection
          <select v-model="filter.connection"><option value="">all</option>
            <option v-for="card in model.connections" :key="card.name">{{ card.name }}</option></select></label>
        <label class="grow">Filter <input v-model="filter.words" type="search" name="filter" placeholder="words, all to be found"></label>
      </div>
      <div class="lines" role="log" aria-live="off" aria-labelledby="log-title" tabindex="0">
        <p v-for="line in lines" :key="line.key" class="line" :data-direction="line.direction">
          <time :datetime="line.at">{{ timeOfDay(line.at) }}</time>
          <span class="arrow" aria-hidden="true">{{ ARROWS[line.direction] }}</span><span class="hidden">{{ WORDS[line.direction] }}</span>
          <b>{{ line.connection }}</b> <span class="text">{{ line.text }}</span>
          <em v-if="line.outcome && line.outcome !== 'HANDED_OVER'">{{ line.outcome }}</em>
        </p>
        <p v-if="lines.length === 0" class="note">Nothing yet.</p>
      </div>
    </section>`,
};
