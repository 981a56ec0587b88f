import { computed, ref } from 'vue';
import { model } from '../feed.js';
import { TimelineLane } from './timeline-lane.js';

/** All connections over the last minutes; the transition that is pointed at is told below. */
export const TimeLine = {
  components: { TimelineLane },
  setup() {
    const told = ref('');
    const shown = computed(() => [
      ...model.connections.filter(({ recipe }) => !recipe),
      ...model.connections.filter(({ recipe, state, gaveUp }) => recipe && (gaveUp || !['IDLE', 'CLOSED'].includes(state))),
    ]);
    return { shown, told };
  },
  template: `
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">The last two minutes</h2>
      <TimelineLane v-for="card in shown" :key="card.name" :card="card" @tell="told = $event" />
      <p class="scale" aria-hidden="true"><span>2 min ago</span><span>1 min ago</span><span>now</span></p>
      <p class="told">{{ told || 'Point at a mark, or reach it with Tab and the arrow keys, to see why.' }}</p>
    </section>`,
};
