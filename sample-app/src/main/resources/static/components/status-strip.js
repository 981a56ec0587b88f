import { StateBadge } from './state-badge.js';

/** All states in one line that stays in sight on a small screen. The cards say the same, so it is for the eye only. */
export const StatusStrip = {
  components: { StateBadge },
  props: { cards: { type: Array, required: true } },
  template: `
    <p class="strip" aria-hidden="true">
      <span v-for="card in cards" :key="card.name">{{ card.name }} <StateBadge :state="card.state" :gave-up="card.gaveUp" /></span>
    </p>`,
};
