/** How the page looks, and what its script adds. */
import { BOTTOM, LEFT, RIGHT } from './chart-frame.js';
import { chartStyle, DARK, FONT, LIGHT, type Palette } from './palette.js';

function schemeOf(colours: Palette): string {
  const { ground, text, faint, grid, event, change } = colours;
  return `:root{--ground:${ground};--text:${text};--faint:${faint};--grid:${grid};--event:${event};--change:${change}}${chartStyle(colours)}`;
}

/** The style sheet of the page: light, dark, small screens and paper. */
export const PAGE_STYLE = [
  ':root{color-scheme:light dark}',
  schemeOf(LIGHT),
  `@media screen and (prefers-color-scheme:dark){${schemeOf(DARK)}}`,
  `body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 ${FONT}}main{max-width:980px;margin:0 auto;padding:24px 20px 60px}`,
  'h1{font-size:clamp(21px,3.4vw,30px);line-height:1.25;margin:8px 0 12px}h2{font-size:19px;margin:40px 0 6px}h1,h2,.answer,.events,bdi{overflow-wrap:anywhere}td{overflow-wrap:break-word}.answer{font-size:18px;line-height:1.4;margin:0 0 10px}h3{font-size:14px;margin:14px 0 0;font-weight:600}',
  '.note,footer,cite{color:var(--faint);font-size:14px}blockquote{margin:12px 0;padding:2px 0 2px 14px;border-left:3px solid var(--event)}cite{display:block;font-style:normal}',
  'svg{display:block;width:100%;height:auto}.narrow{display:none}@media screen and (max-width:640px){.wide-drawing{display:none}.narrow{display:block}}.chart{position:relative}.keys{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--faint);margin:4px 0 10px}.key{display:inline-flex;align-items:center;gap:6px}.key svg{width:26px;flex:none}',
  '.events{list-style:none;padding:0;margin:8px 0;display:grid;gap:5px}.events li{display:flex;gap:10px;font-size:15px}.number{flex:none;width:21px;height:21px;margin-top:2px;border-radius:50%;background:var(--event);color:var(--ground);font-size:12px;font-weight:700;text-align:center;line-height:21px}',
  '.tag{font-size:12px;color:var(--change);border:1px solid var(--change);border-radius:3px;padding:0 5px;margin-left:4px}',
  'details{border:1px solid var(--grid);border-radius:6px;padding:8px 14px;margin:10px 0}summary{cursor:pointer;font-weight:600}dl{display:flex;flex-wrap:wrap;gap:10px 28px;margin:10px 0}dt{font-size:13px;color:var(--faint)}dd{margin:0;font-weight:600}',
  '.wide{overflow-x:auto}table{border-collapse:collapse;font-size:13.5px;width:100%}th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--grid);vertical-align:top}td:not(:last-child){white-space:nowrap}td:last-child{min-width:280px;overflow-wrap:anywhere}th button{font:inherit;font-weight:700;color:inherit;background:none;border:0;padding:0;cursor:pointer}th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}.figure{font-weight:700}',
  '.tip{position:absolute;top:0;pointer-events:none;background:var(--text);color:var(--ground);font-size:13px;padding:2px 8px;border-radius:4px;white-space:nowrap}footer{margin-top:40px}@media print{main{max-width:none;padding:0}.chart,details,.events li,tr{break-inside:avoid}h2{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}.wide{overflow:visible}table{font-size:11px}td:nth-child(2){white-space:normal;min-width:7em}td:last-child{min-width:0}}',
].join('\n');

/** Date and value beside the pointer, and a table that sorts by its columns; the page is whole without it. */
export const PAGE_SCRIPT = `for(const c of document.querySelectorAll('.chart')){const{d,v,n:z}=JSON.parse(c.dataset.series);let t=null,g=null;
const off=()=>{g?.replaceChildren();t?.remove();t=null};
c.addEventListener('pointermove',e=>{const s=[...c.querySelectorAll('svg')].find(x=>x.getBoundingClientRect().width>0);if(!s)return;const b=s.getBoundingClientRect(),{width:w,height:h}=s.viewBox.baseVal,k=w/b.width,n=Math.max(1,d.length-1),i=Math.round(((e.clientX-b.left)*k-${LEFT})/(w-${LEFT + RIGHT})*n);
g?.replaceChildren();g=s.querySelector('.pointer');if(i<0||i>=d.length)return off();const l=document.createElementNS('http://www.w3.org/2000/svg','path'),p=${LEFT}+(w-${LEFT + RIGHT})*i/n;
l.setAttribute('class','c-axis');l.setAttribute('d','M'+p+' 20V'+(h-${BOTTOM}));g.replaceChildren(l);
if(!t){t=document.createElement('div');t.className='tip';c.append(t)}t.textContent=d[i]+(i<z?': ':', forecast: ')+(v[i]===null||v[i]===undefined?'no value':v[i].toLocaleString('en'));
const q=p/k;t.style.left=(q>b.width-150?q-t.offsetWidth-8:q+8)+'px'});c.addEventListener('pointerleave',off)}
for(const t of document.querySelectorAll('table'))t.querySelectorAll('th').forEach((h,i)=>{const b=document.createElement('button');b.append(...h.childNodes);h.append(b);
b.addEventListener('click',()=>{const up=h.getAttribute('aria-sort')!=='ascending';for(const o of t.querySelectorAll('th'))o.removeAttribute('aria-sort');h.setAttribute('aria-sort',up?'ascending':'descending');
const x=r=>r.cells[i].dataset.v??r.cells[i].textContent,f=(m,n)=>x(m)===''?1:x(n)===''?-1:(up?1:-1)*x(m).localeCompare(x(n),'en',{numeric:true})||0,u=(m,n)=>{const a=x(m),o=x(n),w=up?a-o:o-a;return a===''||o===''||w!==w?f(m,n):w};
t.tBodies[0].append(...[...t.tBodies[0].rows].sort(u))})})`;
