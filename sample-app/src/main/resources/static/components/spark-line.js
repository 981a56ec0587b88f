import { computed } from 'vue';
import { ROUND_TRIPS } from '../logic/model.js';
import { sparkline } from '../logic/sparkline.js';

const SIZE = { width: 120, height: 22, capacity: ROUND_TRIPS };

/** The last round trips; the number beside it says the same in text. */
export const SparkLine = {
  props: { values: { type: Array, required: true } },
  setup(props) {
    return { path: computed(() => sparkline(props.values, SIZE)), SIZE };
  },
  template: `
    <svg class="sparkline" :viewBox="'-1 -2 ' + (SIZE.width + 2) + ' ' + (SIZE.height + 4)" aria-hidden="true" preserveAspectRatio="none">
      <path :d="path" vector-effect="non-scaling-stroke" />
    </svg>`,
};
