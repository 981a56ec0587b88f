const MARKS = { waiting: '◌', sent: '✓', delivered: '✓✓', failed: '✕' };

/** One message of the chat; an own one with what became of it. */
export const ChatLine = {
  props: { line: { type: Object, required: true } },
  setup() {
    return { MARKS };
  },
  template: `
    <li class="chat-line" :data-status="line.status">
      <span class="who">{{ line.fromId ?? 'to ' + line.toId }}</span>
      <span class="text">{{ line.text }}</span>
      <small v-if="line.status !== 'received'"><span aria-hidden="true">{{ MARKS[line.status] }}</span>
        {{ line.status }}<template v-if="line.reason">: {{ line.reason }}</template></small>
    </li>`,
};
