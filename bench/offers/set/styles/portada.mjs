// A cover: one offer over half of the page with loud packs, a strip of small ones below, an advert for the app.
import { pack } from '../packs.mjs';
import { club, details, offer, price, struck } from './parts.mjs';

export const locales = ['es', 'en-US', 'es', 'de', 'fr', 'en-GB'];
export const counts = [4, 5, 6];

/** Adverts that look like offers and are none. */
const adverts = {
  es: ['Descarga la app', 'Más de 300 ofertas cada semana', 'Abrimos los domingos de 9 a 15 h'],
  en: ['Download our app', 'Over 300 deals every week', 'Open daily 7 am - 10 pm'],
  de: ['Jetzt App laden', 'Über 300 Angebote', 'Mo. - Sa. 7 - 21 Uhr geöffnet'],
  fr: ["Téléchargez l'appli", 'Plus de 300 promos', 'Ouvert de 8 h 30 à 20 h'],
};

export function draw({ random, deals, locale, head, foot }) {
  const [main, ink, accent] = random.pick([
    ['#d3001b', '#fff', '#ffe600'],
    ['#00539f', '#fff', '#ffd400'],
    ['#2b7a2b', '#fff', '#ffe600'],
  ]);
  const tile = (deal, index) => {
    const isHero = index === 0;
    const badge = deal.badge ? `<div class="badge" style="font-size:${isHero ? 34 : 17}px">${deal.badge}</div>` : '';
    return offer(
      index,
      `class="tile" style="${isHero ? 'grid-column:1/-1;display:flex;gap:24px;align-items:center' : ''}"`,
      `<div style="position:relative;flex:1;min-width:0;height:${isHero ? 360 : 130}px">${pack(random, deal, { loud: true, count: isHero ? 3 : 1 })}${badge}</div>
<div style="${isHero ? 'flex:0 0 42%' : ''}"><div class="name" style="font-size:${isHero ? 32 : 16}px">${deal.parts.join(' ')}</div>${details([deal.variety, deal.size, deal.unitPrice, ...deal.extras], isHero ? 17 : 12)}
<div class="box">${struck(deal, 'cross')}${price(deal, isHero ? 120 : 44)}</div>${club(deal, `background:${accent};color:#111`, isHero ? 48 : 24)}</div>`,
    );
  };
  const lines = random.some(adverts[locale.slice(0, 2)], 2);
  return `<style>.grid{display:grid;grid-template-columns:repeat(${deals.length - 1},minmax(0,1fr));gap:12px;padding:14px;background:#fff8e8}.tile{background:#fff;padding:12px}
.name{font-weight:800;line-height:1.1}.small{line-height:1.25}.box{display:inline-block;color:${main};font-weight:900;margin-top:6px}.struck{font-size:18px;color:#333}
.badge{position:absolute;right:0;top:0;background:${accent};color:${main};font-weight:900;padding:8px 12px;border-radius:6px;transform:rotate(4deg);line-height:1.05;max-width:240px;text-align:center}</style>
${head(main, ink)}<div class="grid">${deals.map(tile).join('')}</div>
<div style="display:flex;justify-content:space-around;background:${accent};color:#222;font-weight:700;font-size:20px;padding:14px">${lines.map((line) => `<span>${line}</span>`).join('')}</div>${foot}`;
}
