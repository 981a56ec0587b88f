import { computed } from 'vue';
import { post } from '../api.js';
import { model } from '../feed.js';
import { perSecond, rateText } from '../logic/rate.js';
import { roundTripText } from '../logic/time-text.js';
import { CountDown, TimeSince } from './live-time.js';
import { SparkLine } from './spark-line.js';
import { StateBadge } from './state-badge.js';

const ENDED = ['IDLE', 'CLOSED'];

/** One managed connection: how it is, what it does, and what one can do to it. */
export const ConnectionCard = {
  components: { CountDown, SparkLine, StateBadge, TimeSince },
  props: { card: { type: Object, required: true } },
  setup(props) {
    const history = computed(() => model.histories[props.card.name]);
    const ended = computed(() => ENDED.includes(props.card.state));
    const failed = computed(() => Object.values(props.card.failedSends).reduce((sum, count) => sum + count, 0));
    const act = (action) => post(`api/connections/${props.card.name}/${action}`);
    return { history, ended, failed, act, perSecond, rateText, roundTripText };
  },
  template: `
    <article class="card connection" :data-connection="card.name" :data-state="card.state" :aria-labelledby="'card-' + card.name">
      <header>
        <h3 :id="'card-' + card.name">{{ card.name }}</h3>
        <StateBadge :state="card.state" :gave-up="card.gaveUp" />
      </header>
      <p class="when">
        for <TimeSince :instant="card.since" />
        <template v-if="card.nextAttemptAt"> · attempt {{ card.attempt }} <CountDown :instant="card.nextAttemptAt" /></template>
        <template v-else-if="card.state === 'CONNECTING'"> · attempt {{ card.attempt }}</template>
      </p>
      <p class="cause" :title="card.lastDisconnect">{{ card.lastDisconnect ? 'last end: ' + card.lastDisconnect : card.url }}</p>
      <div class="round-trip">
        <SparkLine :values="history ? history.roundTrips : []" />
        <span>{{ card.roundTripMillis === null ? 'no round trip yet' : roundTripText(card.roundTripMillis) }}</span>
      </div>
      <dl class="numbers">
        <div><dt>Sent</dt><dd data-number="sent">{{ card.sent.messages }} <small v-if="history">{{ rateText(perSecond(history.sent)) }}</small></dd></div>
        <div><dt>Received</dt><dd data-number="received">{{ card.received.messages }} <small v-if="history">{{ rateText(perSecond(history.received)) }}</small></dd></div>
        <div><dt>Missed</dt><dd data-number="missed" :class="{ alarming: card.missed > 0 }">{{ card.missed }}</dd></div>
        <div><dt>In queue</dt><dd data-number="queue">{{ card.queue.messages }}</dd></div>
        <div><dt>In log</dt><dd data-number="log">{{ card.log.messages }}</dd></div>
        <div><dt>Failed sends</dt><dd data-number="failed" :class="{ alarming: failed > 0 }">{{ failed }}</dd></div>
      </dl>
      <p v-if="failed" class="reasons"><span v-for="(count, reason) in card.failedSends" :key="reason">{{ reason }} {{ count }}</span></p>
      <footer>
        <button type="button" :data-action="ended ? 'start' : 'close'" @click="act(ended ? 'start' : 'close')">
          {{ ended ? 'Open' : 'Close' }}<span class="hidden"> {{ card.name }}</span></button>
        <button type="button" data-action="reconnect" :disabled="ended" @click="act('reconnect')">
          Reconnect<span class="hidden"> {{ card.name }}</span></button>
      </footer>
    </article>`,
};
