import { computed, onMounted, reactive, ref, shallowRef, useTemplateRef, watch } from 'vue';
import { join } from '../chat.js';
import { ChatLine } from './chat-line.js';
import { StateBadge } from './state-badge.js';

/** A chat between tabs, each with an id and a socket of its own to the server that is broken. */
export const ChatPanel = {
  components: { ChatLine, StateBadge },
  setup() {
    const given = new URLSearchParams(location.search).get('id');
    const draft = reactive({ id: given ?? '', toId: 'alice', text: '' });
    const joinedAs = ref('');
    const chat = shallowRef(null);
    const log = useTemplateRef('log');
    const state = computed(() => chat.value?.snapshot.value.state ?? 'IDLE');
    const problem = ref('');
    const cause = computed(() => chat.value?.snapshot.value.cause);
    async function enter() {
      chat.value?.leave();
      const address = new URL(location.href);
      address.searchParams.set('id', draft.id);
      history.replaceState(null, '', address);
      try {
        chat.value = await join(draft.id);
        joinedAs.value = draft.id;
      } catch {
        chat.value = null;
        problem.value = 'The application did not answer. Try again.';
      }
    }
    function send() {
      chat.value.send(draft.toId, draft.text);
      draft.text = '';
    }
    onMounted(() => given && enter());
    watch(() => chat.value?.lines.length, () => log.value.scrollTo(0, log.value.scrollHeight), { flush: 'post' });
    return { cause, chat, draft, enter, joinedAs, log, problem, send, state };
  },
  template: `
    <section class="panel chat" aria-labelledby="chat-title">
      <header><h2 id="chat-title">Chat between tabs</h2><StateBadge v-if="chat" :state="state" /></header>
      <p class="note" v-if="!chat">Open this page in two tabs, with an id each. Their sockets go to the server that you break; messages arrive, or say why not. <b role="status">{{ problem }}</b></p>
      <p class="note" v-else>You are <b>{{ joinedAs }}</b><template v-if="cause"> · {{ cause }}</template></p>
      <form class="fields" @submit.prevent="enter">
        <label>Your id <input v-model.trim="draft.id" name="id" size="8" required maxlength="20" pattern="[A-Za-z0-9_\\-]+" placeholder="carol" autocomplete="off"></label>
        <button type="submit">{{ chat ? 'Change' : 'Join' }}</button>
        <template v-if="chat">
          <button type="button" data-action="toggle" @click="chat.toggle()">{{ state === 'CLOSED' ? 'Open' : 'Close' }}<span class="hidden"> the chat</span></button>
          <button type="button" data-action="reconnect" :disabled="state === 'CLOSED'" @click="chat.reconnect()">Reconnect<span class="hidden"> the chat</span></button>
        </template>
      </form>
      <div ref="log" class="lines" role="log" aria-labelledby="chat-title" tabindex="0">
        <ol><ChatLine v-for="line in (chat ? chat.lines : [])" :key="(line.fromId ? 'from-' : 'to-') + line.id" :line="line" /></ol>
      </div>
      <form v-if="chat" class="fields" @submit.prevent="send">
        <label>To id <input v-model.trim="draft.toId" name="to" size="8" required autocomplete="off"></label>
        <label class="grow">Message <input v-model="draft.text" name="message" required maxlength="500" autocomplete="off"></label>
        <button type="submit">Send</button>
      </form>
    </section>`,
};
