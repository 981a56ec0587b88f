import { computed } from 'vue';
import { serverNow } from '../clock.js';
import { feed, model } from '../feed.js';
import { countdown } from '../logic/time-text.js';

/** What this is, whether the page itself is connected, and where the same is told to machines. */
export const PageHeader = {
  setup() {
    const live = computed(() => feed.value.state === 'OPEN');
    const text = computed(() => {
      const { state, cause, nextAttemptIn, at } = feed.value;
      if (nextAttemptIn === null || nextAttemptIn === undefined) {
        return `page ${state.toLowerCase()}${cause ? `: ${cause}` : ''}`;
      }
      return `page waiting: ${cause}; next attempt ${countdown(at + nextAttemptIn - serverNow() + model.ahead)}`;
    });
    return { live, text };
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
      <p class="feed" role="status" :data-live="live">{{ live ? 'live' : text }}</p>
    </header>`,
};
