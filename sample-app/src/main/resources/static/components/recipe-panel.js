import { computed, onMounted, ref } from 'vue';
import { get, post } from '../api.js';
import { model } from '../feed.js';
import { RecipeCard } from './recipe-card.js';

/** The five hand-written styles, each as the configuration that replaces it. */
export const RecipePanel = {
  components: { RecipeCard },
  setup() {
    const recipes = ref([]);
    onMounted(async () => (recipes.value = await get('api/recipes')));
    const cards = computed(() => Object.fromEntries(model.connections.map((card) => [card.name, card])));
    const act = (name, action) => post(`api/connections/${name}/${action}`);
    return { act, cards, recipes };
  },
  template: `
    <section class="recipes" aria-labelledby="recipes-title">
      <h2 id="recipes-title">The classic recipes, as configuration</h2>
      <p class="note">What teams copy from each other as two hundred lines of timers. Run one, and break it with the buttons above.</p>
      <div class="grid">
        <RecipeCard v-for="recipe in recipes" :key="recipe.name" :recipe="recipe" :card="cards[recipe.name]" @act="act(recipe.name, $event)" />
      </div>
    </section>`,
};
