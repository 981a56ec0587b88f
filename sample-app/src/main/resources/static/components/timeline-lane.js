import { computed, nextTick, ref, useTemplateRef } from 'vue';
import { serverSecond } from '../clock.js';
import { model } from '../feed.js';
import { timeOfDay } from '../logic/time-text.js';
import { marks, stretches, transitionText } from '../logic/timeline.js';

const WINDOW = 120_000;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** One connection's stretches and marks. A lane is one stop of the Tab key, arrows go along it. */
export const TimelineLane = {
  props: { card: { type: Object, required: true } },
  emits: ['tell'],
  setup(props, { emit }) {
    const list = useTemplateRef('list');
    const chosen = ref(null);
    const transitions = computed(() => model.transitions.filter(({ connection }) => connection === props.card.name));
    const latest = computed(() => Date.parse(transitions.value.at(-1)?.at ?? props.card.since));
    const view = computed(() => ({ now: Math.max(serverSecond(), latest.value), window: WINDOW }));
    const parts = computed(() => stretches(transitions.value, props.card, view.value));
    const shown = computed(() => marks(transitions.value, view.value));
    const stop = computed(() => shown.value.find(({ at }) => at === chosen.value)?.at ?? shown.value.at(-1)?.at);
    const text = (mark) => `${timeOfDay(mark.at, { millis: true })} ${props.card.name}: ${transitionText(mark)}`;
    function choose(mark) {
      chosen.value = mark.at;
      emit('tell', text(mark));
    }
    async function step(event, index) {
      if (event.key in STEPS) {
        event.preventDefault();
        const target = Math.min(shown.value.length - 1, Math.max(0, index + STEPS[event.key]));
        chosen.value = shown.value[target].at;
        await nextTick();
        list.value.children[target]?.querySelector('button').focus();
      }
    }
    return { choose, list, parts, shown, step, stop, text };
  },
  template: `
    <div class="lane" role="group" :aria-label="card.name">
      <span class="name" aria-hidden="true">{{ card.name }}</span>
      <div class="track">
        <span v-for="(part, index) in parts" :key="index" class="stretch" :data-state="part.state"
          :style="{ left: part.left + '%', width: part.width + '%' }"></span>
        <ol ref="list">
          <li v-for="(mark, index) in shown" :key="mark.at + mark.to" :style="{ left: mark.left + '%' }">
            <button type="button" class="mark" :data-state="mark.to" :tabindex="mark.at === stop ? 0 : -1" :aria-label="text(mark)"
              :title="text(mark)" @focus="choose(mark)" @mouseenter="choose(mark)" @keydown="step($event, index)"></button>
          </li>
        </ol>
      </div>
    </div>`,
};
