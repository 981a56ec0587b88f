import { inject, reactive } from 'vue';
import { post } from '../api.js';
import { model } from '../feed.js';
import { faults, faultText } from '../logic/faults.js';
import { CountDown } from './live-time.js';

const WORDS = { before: 'ends in', ended: 'over' };

/** Breaks the server. */
export const FaultPanel = {
  components: { CountDown },
  setup() {
    const tour = inject('tour');
    const values = reactive(Object.fromEntries(faults.map(({ name, inputs }) =>
      [name, Object.fromEntries(inputs.map((input) => [input.name, input.value]))])));
    const answers = reactive({});
    async function injectFault(name) {
      tour.injected(name);
      answers[name] = await post(`api/faults/${name}?${new URLSearchParams(values[name])}`);
    }
    const until = (name) => model.server.faults.find(({ fault }) => fault === name)?.until ?? answers[name]?.until;
    return { WORDS, answers, faults, faultText, injectFault, model, tour, until, values };
  },
  template: `
    <section class="faults" aria-labelledby="faults-title">
      <h2 id="faults-title">Break the server</h2>
      <p class="note">{{ model.server.sockets }} sockets are connected to it.</p>
      <form v-for="fault in faults" :key="fault.name" class="fault" :data-fault="fault.name" @submit.prevent="injectFault(fault.name)">
        <button type="submit" :class="{ asked: tour.fault === fault.name }" :aria-describedby="'what-' + fault.name">{{ fault.label }}</button>
        <label v-for="input in fault.inputs" :key="input.name">
          {{ input.before }}
          <input v-model="values[fault.name][input.name]" :name="input.name" :type="input.type" :min="input.min" :max="input.max"
            :maxlength="input.maxlength" :required="input.type === 'number'" :aria-label="input.label">
          {{ input.after }}
        </label>
        <p :id="'what-' + fault.name" class="what">{{ fault.what }}</p>
        <p class="answer" role="status">
          <template v-if="until(fault.name) && answers[fault.name]?.ok !== false">
            <span class="hidden">begun</span><CountDown aria-hidden="true" :instant="until(fault.name)" :words="WORDS" />
          </template>
          <template v-else-if="answers[fault.name]">{{ faultText(answers[fault.name]) }}</template>
        </p>
      </form>
    </section>`,
};
