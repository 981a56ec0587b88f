import { computed, reactive, ref } from 'vue';
import { post } from '../api.js';
import { model } from '../feed.js';
import { keepLast } from '../logic/recent.js';

const SHOWN = 4;

let lastKey = 0;

/** Sends through a managed connection, and shows the fate of each message when it is known. */
export const SendBox = {
  setup() {
    const draft = reactive({ connection: 'alice', toId: 'bob', text: '' });
    const sends = ref([]);
    const targets = computed(() => model.connections.map(({ name }) => name));
    async function send() {
      const { connection, toId, text } = draft;
      const shown = reactive({ key: ++lastKey, connection, toId, text, outcome: null });
      keepLast(sends.value, SHOWN, shown);
      draft.text = '';
      const answer = await post(`api/connections/${connection}/send`, toId ? { text, toId } : { text });
      shown.outcome = answer.ok ? answer.outcome : `refused: ${answer.problem}`;
      shown.detail = answer.detail;
    }
    return { draft, send, sends, targets };
  },
  template: `
    <section class="panel send" aria-labelledby="send-title">
      <h2 id="send-title">Send</h2>
      <form class="fields" @submit.prevent="send">
        <label>Through <select v-model="draft.connection" name="connection"><option v-for="name in targets" :key="name">{{ name }}</option></select></label>
        <label>To id <input v-model.trim="draft.toId" name="to" size="8" placeholder="nobody" autocomplete="off"></label>
        <label class="grow">Text <input v-model="draft.text" name="text" required maxlength="500" autocomplete="off"></label>
        <button type="submit">Send</button>
      </form>
      <div role="status" aria-label="Fate of what was sent"><ol class="sends">
        <li v-for="one in sends" :key="one.key" :data-outcome="one.outcome">
          {{ one.connection }}<template v-if="one.toId"> to {{ one.toId }}</template>: “{{ one.text }}”
          <b>{{ one.outcome ?? 'waits for a socket' }}</b><template v-if="one.detail"> {{ one.detail }}</template>
        </li>
      </ol></div>
    </section>`,
};
