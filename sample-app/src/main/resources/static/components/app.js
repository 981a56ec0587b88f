import { computed, provide, reactive, watch } from 'vue';
import { model } from '../feed.js';
import { Tour } from '../logic/tour.js';
import { Announcer } from './announcer.js';
import { ChatPanel } from './chat-panel.js';
import { ConnectionCard } from './connection-card.js';
import { FaultPanel } from './fault-panel.js';
import { MessageLog } from './message-log.js';
import { PageHeader } from './page-header.js';
import { RecipePanel } from './recipe-panel.js';
import { SendBox } from './send-box.js';
import { StatusStrip } from './status-strip.js';
import { TimeLine } from './time-line.js';

/** The whole page. */
export const App = {
  components: { Announcer, ChatPanel, ConnectionCard, FaultPanel, MessageLog, PageHeader, RecipePanel, SendBox, StatusStrip, TimeLine },
  setup() {
    const tour = reactive(new Tour());
    provide('tour', tour);
    const cards = computed(() => model.connections.filter(({ recipe }) => !recipe));
    watch(cards, () => tour.see(cards.value.map(({ state }) => state)));
    return { cards, tour };
  },
  template: `
    <a class="skip" href="#connections">Skip to the connections</a>
    <PageHeader />
    <StatusStrip :cards="cards" />
    <main>
      <p class="hint" role="status"><span v-if="tour.position">{{ tour.position }}</span> {{ tour.text }}</p>
      <FaultPanel />
      <div class="view">
        <section id="connections" aria-labelledby="connections-title" tabindex="-1">
          <h2 id="connections-title">Connections</h2>
          <p v-if="cards.length === 0" class="note">Waiting for the application.</p>
          <div class="grid"><ConnectionCard v-for="card in cards" :key="card.name" :card="card" /></div>
        </section>
        <TimeLine />
        <div class="pair">
          <div class="stack"><SendBox /><MessageLog /></div>
          <ChatPanel />
        </div>
      </div>
      <RecipePanel />
    </main>
    <Announcer />`,
};
