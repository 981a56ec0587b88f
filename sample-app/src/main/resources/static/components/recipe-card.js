import { computed } from 'vue';
import { roundTripText } from '../logic/time-text.js';
import { CountDown, TimeSince } from './live-time.js';
import { StateBadge } from './state-badge.js';

/** One recipe: its file, and how its connection does. */
export const RecipeCard = {
  components: { CountDown, StateBadge, TimeSince },
  props: { recipe: { type: Object, required: true }, card: { type: Object, default: null } },
  emits: ['act'],
  setup(props) {
    return { running: computed(() => props.card !== null && !['IDLE', 'CLOSED'].includes(props.card.state)), roundTripText };
  },
  template: `
    <article class="card recipe" :data-recipe="recipe.name" :aria-labelledby="'recipe-' + recipe.name">
      <header>
        <h3 :id="'recipe-' + recipe.name">{{ recipe.title }}</h3>
        <StateBadge v-if="card" :state="card.state" :gave-up="card.gaveUp" />
      </header>
      <p v-if="card" class="when">
        <template v-if="running">for <TimeSince :instant="card.since" /> ·</template>
        {{ card.sent.messages }} sent · {{ card.received.messages }} received
        <template v-if="card.roundTripMillis !== null"> · {{ roundTripText(card.roundTripMillis) }}</template>
        <template v-if="card.nextAttemptAt"> · attempt {{ card.attempt }} <CountDown :instant="card.nextAttemptAt" /></template>
      </p>
      <pre><code>{{ recipe.yaml }}</code></pre>
      <footer>
        <button type="button" :data-action="running ? 'close' : 'start'" @click="$emit('act', running ? 'close' : 'start')">
          {{ running ? 'Stop' : 'Run' }}<span class="hidden"> {{ recipe.title }}</span></button>
      </footer>
    </article>`,
};
