import { computed } from 'vue';
import { feed } from '../feed.js';
import { CountDown } from './live-time.js';

/** What this is, whether the page itself is connected, and where the same is told to machines. */
export const PageHeader = {
  components: { CountDown },
  setup() {
    const live = computed(() => feed.value.state === 'OPEN');
    const text = computed(() => {
      const { state, cause } = feed.value;
      return live.value ? 'live' : `page ${state.toLowerCase()}${cause ? `: ${cause}` : ''}`;
    });
    return { feed, live, text };
  },
  template: `
    <header class="page-header">
      <div>
        <h1>WebSocket resilience</h1>
        <p>Managed client connections of a Spring Boot application, and a server to break.</p>
      </div>
      <nav aria-label="The same, for machines">
        <a href="actuator/health">health</a>
        <a href="actuator/prometheus">prometheus</a>
        <a href="actuator/websockets">websockets</a>
      </nav>
      <p class="feed" role="status" :data-live="live">{{ text }}
        <span v-if="feed.nextAttemptAt" aria-hidden="true">next attempt <CountDown :instant="feed.nextAttemptAt" /></span></p>
    </header>`,
};
