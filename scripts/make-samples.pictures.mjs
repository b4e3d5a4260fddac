// Drawings of goods for the sample flyers: flat SVG, made for this project.

const svg = (body, box = '0 0 120 140', shadow = [60, 132, 46, 6]) =>
  `<svg viewBox="${box}" style="width:100%;height:100%;display:block" preserveAspectRatio="xMidYMid meet"><defs>
<linearGradient id="shine" x1="0" x2="1"><stop offset="0" stop-color="#000" stop-opacity=".22"/><stop offset=".28" stop-color="#fff" stop-opacity=".38"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".26"/></linearGradient>
<radialGradient id="ball" cx=".35" cy=".3"><stop offset="0" stop-color="#fff" stop-opacity=".75"/><stop offset=".4" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".3"/></radialGradient></defs>
<ellipse cx="${shadow[0]}" cy="${shadow[1]}" rx="${shadow[2]}" ry="${shadow[3]}" fill="#0002"/>${body}</svg>`;

const shaded = (path, colour) => `<path d="${path}" fill="${colour}"/><path d="${path}" fill="url(#shine)"/>`;
const ball = (x, y, radius, colour) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/><circle cx="${x}" cy="${y}" r="${radius}" fill="url(#ball)"/>`;

const cup = (x, y, size, body, fruit) => {
  const at = (dx, dy) => `${x + dx * size} ${y + dy * size}`;
  return `${shaded(`M${at(0, 0)} L${at(44, 0)} L${at(37, 62)} Q${at(22, 67)} ${at(7, 62)} Z`, body)}
<path d="M${at(2.4, 20)} L${at(41.6, 20)} L${at(38.6, 46)} L${at(5.4, 46)} Z" fill="#fff" opacity=".92"/>
<ellipse cx="${x + 22 * size}" cy="${y}" rx="${24 * size}" ry="${5.5 * size}" fill="#e9edf2"/><ellipse cx="${x + 22 * size}" cy="${y - 1}" rx="${22 * size}" ry="${4.4 * size}" fill="#fbfcfe"/>
${[10, 22, 34].map((dx) => ball(x + dx * size, y + 39 * size, 4.6 * size, fruit)).join('')}`;
};

const leaf = (x, y, turn = 0) =>
  `<path transform="translate(${x} ${y}) rotate(${turn})" d="M0 0 q 10 -16 26 -12 q -6 16 -26 12" fill="#3f8f2f"/>`;

export const pictures = {
  yogurt: () => svg(`${cup(10, 52, 1.1, '#dfeffc', '#c2185b')}${cup(58, 60, 1.05, '#e8defa', '#3f51b5')}`),
  yogurtHero: () =>
    svg(
      `${cup(18, 40, 1.5, '#ffe3ec', '#d81b60')}${cup(92, 28, 1.75, '#e3f0ff', '#3949ab')}${cup(176, 44, 1.45, '#fff3d1', '#ef8f00')}
${ball(40, 142, 9, '#d81b60')}${ball(60, 146, 7, '#d81b60')}${ball(205, 146, 10, '#ef8f00')}${ball(150, 148, 6, '#3949ab')}${leaf(222, 140, -10)}`,
      '0 0 260 160',
      [132, 139, 112, 9],
    ),
  cheapYogurt: () => svg(`${cup(8, 66, 0.95, '#f4f4f4', '#b8860b')}${cup(64, 66, 0.95, '#f4f4f4', '#b8860b')}`),
  milk: () =>
    svg(
      `${shaded('M36 36 L84 36 L84 130 L36 130 Z', '#f7fbff')}<path d="M36 36 L46 14 L74 14 L84 36 Z" fill="#d5e6f5"/><rect x="46" y="6" width="28" height="10" fill="#1668b3"/><rect x="36" y="62" width="48" height="40" fill="#1668b3"/><path d="M42 96 q 18 -28 36 0" fill="#fff"/>`,
    ),
  oil: () =>
    svg(
      `${shaded('M46 50 Q46 40 53 34 L53 12 L67 12 L67 34 Q74 40 74 50 L74 130 L46 130 Z', '#b9a51d')}<rect x="51" y="4" width="18" height="11" rx="2" fill="#1f3d1a"/><rect x="46" y="66" width="28" height="42" fill="#f7f2d8"/>${leaf(48, 92, 0)}${ball(66, 82, 6, '#5d7a1e')}`,
    ),
  orange: () =>
    svg(
      `${ball(42, 98, 30, '#f58a07')}${ball(86, 102, 27, '#f79a1b')}${ball(64, 62, 27, '#fa9f24')}${leaf(64, 38, 10)}`,
    ),
  tomato: () =>
    svg(
      `${ball(40, 96, 30, '#d62a1e')}${ball(84, 98, 29, '#e03a2b')}<path d="M26 72 l14 -6 l14 6 M70 74 l14 -6 l14 6" stroke="#3f8f2f" stroke-width="6" fill="none"/>`,
    ),
  bread: () =>
    svg(
      `<path d="M12 66 Q10 40 36 42 L88 42 Q112 42 108 68 L104 126 L16 126 Z" fill="#c98a3c"/><path d="M20 70 Q18 50 38 51 L84 51 Q103 51 100 71 L97 119 L23 119 Z" fill="#f3d9a4"/>${[34, 54, 74, 44, 82, 62].map((x, index) => `<ellipse cx="${x}" cy="${72 + (index % 3) * 15}" rx="4" ry="2.4" fill="#dcb877"/>`).join('')}`,
    ),
  cheese: () =>
    svg(
      `<path d="M8 92 L72 50 L112 84 L112 124 L8 124 Z" fill="#f5c542"/><path d="M8 92 L72 50 L112 84 Z" fill="#fbdc7a"/>${ball(36, 108, 8, '#dba520')}${ball(70, 112, 6, '#dba520')}${ball(92, 102, 9, '#dba520')}`,
    ),
  coffee: () =>
    svg(
      `${shaded('M32 22 L88 22 L92 130 L28 130 Z', '#4a2c1a')}<rect x="32" y="14" width="56" height="12" fill="#2f1b0f"/><rect x="33" y="58" width="54" height="44" fill="#e9c98f"/><ellipse cx="60" cy="80" rx="13" ry="17" fill="#4a2c1a"/><path d="M60 64 q -8 16 0 32" stroke="#e9c98f" stroke-width="3" fill="none"/>`,
    ),
  fish: () =>
    svg(
      `<path d="M8 92 Q44 52 88 84 L112 66 L108 94 L114 118 L88 100 Q44 130 8 92 Z" fill="#7f9fb5"/><path d="M8 92 Q44 130 88 100 L70 96 Q40 108 8 92" fill="#cfdde6"/><circle cx="28" cy="86" r="4" fill="#122"/>`,
    ),
  soap: () =>
    svg(
      `${shaded('M34 52 L60 46 L92 56 L94 130 L28 130 Z', '#1c8fd6')}<rect x="48" y="22" width="24" height="26" rx="3" fill="#e2412e"/><ellipse cx="61" cy="90" rx="26" ry="22" fill="#fff"/><path d="M44 92 q 8 -14 17 0 t 17 0" stroke="#1c8fd6" stroke-width="5" fill="none"/>`,
    ),
  ham: () =>
    svg(
      `<ellipse cx="60" cy="94" rx="50" ry="32" fill="#f2e4df"/><ellipse cx="50" cy="88" rx="30" ry="19" fill="#c8505a"/><ellipse cx="72" cy="98" rx="30" ry="18" fill="#d7636b"/><path d="M34 86 q 18 -10 32 4 M58 100 q 16 -10 34 0" stroke="#f7cdd0" stroke-width="4" fill="none"/>`,
    ),
};
