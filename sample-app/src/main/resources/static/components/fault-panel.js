import { inject, reactive } from 'vue';
import { post } from '../api.js';
import { model } from '../feed.js';
import { faults, faultText } from '../logic/faults.js';
import { CountDown } from './live-time.js';

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
      answers[name] = faultText(await post(`api/faults/${name}?${new URLSearchParams(values[name])}`));
    }
    const active = (name) => model.server.faults.find(({ fault, until }) => fault === name && until);
    return { active, answers, faults, injectFault, model, tour, values };
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
          {{ answers[fault.name] }}<template v-if="active(fault.name)">, over <CountDown aria-hidden="true" :instant="active(fault.name).until" /></template>
        </p>
      </form>
    </section>`,
};
