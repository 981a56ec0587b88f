import { createApp } from 'vue';
import { App } from './components/app.js';
import { startFeed } from './feed.js';

startFeed();
createApp(App).mount('#app');
