import { computed } from 'vue';

/** A state as colour and word. */
export const StateBadge = {
  props: { state: { type: String, required: true }, gaveUp: Boolean },
  setup(props) {
    const word = computed(() => (props.gaveUp ? 'GAVE UP' : props.state));
    return { word };
  },
  template: `<span class="state" :data-state="word"><span class="dot" aria-hidden="true"></span>{{ word }}</span>`,
};
