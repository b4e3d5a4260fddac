// The vocabulary of the development set: written for it, Spanish and English.

/** Lists are written one after another (`;`), whole sentences one a line. */
const split = (text) => text.trim().split(/\s*\n\s*|\s*;\s*/);
const splitLines = (text) => text.trim().split(/\s*\n\s*/);

export const products = {
  es: split(`
    Aceite de oliva virgen extra; Leche semidesnatada sin lactosa; Jamón serrano reserva; Queso de oveja curado; Plátano de Canarias
    Piña natural al corte; Champú de ortiga; Jabón líquido de manos; Pechuga de pollo fileteada; Salmón ahumado en lonchas
    Café molido de tueste natural; Atún claro en aceite de girasol; Yogur griego con miel; Limones ecológicos; Pan de molde sin corteza
    Pañales talla 4; Detergente en cápsulas; Cerveza tostada sin filtrar; Vino tinto crianza; Galletas de avena y arándanos
    Piñones pelados; Melocotón en almíbar; Hamburguesa de añojo; Lomo adobado; Calabacín extra; Berenjena rayada
    Mejillones en escabeche; Boquerones en vinagre; Garbanzos pedrosillanos; Lentejas pardinas; Arroz bomba; Azafrán en hebra
    Tomate rama; Cebolla morada; Zumo de naranja exprimido; Néctar de melocotón; Agua mineral con gas; Tónica clásica
    Turrón de almendra blando; Mazapán de yema; Magdalenas caseras; Cuajada de leche de oveja; Flan de huevo; Natillas de vainilla
    Cigalas cocidas; Langostinos crudos; Merluza del pincho; Bacalao desalado; Sardinas frescas; Pulpo cocido en su jugo
    Morcilla de cebolla; Chorizo picante; Salchichón ibérico; Paté de campaña; Fuet extrafino; Pavo braseado en lonchas
    Suavizante concentrado; Lavavajillas a mano; Papel higiénico doble capa; Fregasuelos de pino; Estropajo con esponja; Lejía con detergente
    Pasta dentífrica; Colonia fresca de baño; Crema hidratante; Desodorante en barra; Maquinilla de afeitar; Toallitas húmedas
    Pienso para gatos esterilizados; Sartén antiadherente 28 cm; Cuchillo cebollero; Juego de sábanas; Edredón nórdico; Cojín de lino
    Calcetines térmicos niño; Zapatillas de baño; Mochila escolar; Cuaderno de espiral; Rotuladores lavables; Bañador señora
    Huevos camperos; Mantequilla con sal; Nata para montar; Kéfir de cabra; Requesón; Queso fresco batido; Cuajo y miel
    Espárragos blancos; Alcachofas en conserva; Pimientos del piquillo; Aceitunas gordales; Pepinillos agridulces; Maíz dulce
    Sandía sin pepitas; Melón piel de sapo; Cerezas del valle; Níspero; Chirimoya; Aguacate en su punto; Mandarinas con hoja
    Ñoras secas; Pimentón de la sierra; Orégano; Miel de azahar; Mermelada de higo; Cacao en polvo; Azúcar moreno de caña`),
  en: split(`
    Organic whole milk; Chicken breast fillets; Ground coffee medium roast; Fresh Atlantic salmon; Mature cheddar block; Laundry pods
    Strawberries; Greek style yogurt; Extra virgin olive oil; Wholegrain sandwich bread; Rolled oats; Sparkling water
    Baby spinach; Vine tomatoes; Seedless grapes; Russet potatoes; Sweet corn; Red onions; Bell peppers; Hass avocados
    Ribeye steak; Pork loin chops; Smoked turkey slices; Italian sausage; Cod fillets; Raw shrimp peeled; Crab cakes
    Orange juice no pulp; Iced tea lemon; Root beer; Craft lager; Chardonnay; Cold brew; Oat drink barista
    Peanut butter crunchy; Strawberry jam; Maple syrup; Pancake mix; Granola clusters; Corn flakes; Dark chocolate bar
    Paper towels; Dish soap; Trash bags; Fabric softener; Toothpaste whitening; Shampoo and conditioner; Hand cream
    Kids backpack; Cotton bath towel; Cast iron skillet; Garden hose; Folding chair; LED desk lamp; Dog chews; Cat litter`),
};

export const makers = split(
  'Valdemora; El Cortijo; Río Verde; Nordika; La Huerta de Inés; Casa Peñalba; Brisamar; Dulzaina; Monte Añil; Tostalia; Quintaluna; Olvera; Gran Duero; BellaVía; Frescor; Lumo; Oak & Rye; Sunnyfield; Harbor Lane; Blue Acre; Kettleby; Mill Farm',
);

export const units = {
  es: split(
    'botella 1 l; brik 6 x 1 l; bandeja 500 g; pieza 250 g aprox.; el kilo; pack 4 uds.; bolsa 750 g; lata 33 cl; tarro 200 g; caja 24 uds.; malla 2 kg; docena; sobre 100 g; estuche 12 x 125 g; garrafa 5 l; manojo; unidad; paquete 400 g; granel; 3 x 80 g; peso escurrido 220 g; 40 lavados',
  ),
  en: split(
    'per lb; 12 oz pack; each; 64 fl oz; 2 L bottle; per kg; 500 g tray; 6 ct; 1 lb bag; 16 oz jar; dozen; 3 lb bag; 24 ct; gallon; quart',
  ),
};

export const promotions = {
  es: split(
    '2ª unidad al 50%; 3x2; 2x1; -30%; LLÉVATE 3 PAGA 2; ¡Oferta!; Ahorra un 25%; ¿Lo sabías?; Precio mínimo; Solo con tarjeta club; -15% dto.; + Puntos; 2ª ud. -70%; ¡NUEVO!; Últimos días; 1ª calidad; Sin gluten; Hasta fin de existencias; ¡Aprovéchate!; De aquí; Máx. 6 uds.; Bajamos el precio; 100% español',
  ),
  en: split(
    'Buy 1 get 1 free; SAVE 20%; 2 for $5.00; Half price; Limit 4 per customer; -10%; NEW!; Club price; Save $1.50; This week only; Must buy 2; Lower price',
  ),
};

export const headings = {
  es: split(
    '¡Súper ofertas de primavera!; Folleto semanal; ¡Precios que enamoran!; Vuelta al cole; Días sin IVA; La compra de la semana; Gran selección de frescos; ¿Qué comemos hoy?; Ahorro en tu despensa; Especial niños; ¡Llegó el otoño!; Fiesta del queso; Lo mejor de la huerta; Feria del vino español; Aniversario: 25 años contigo; Otra mañana, otro precio; Más fresco, más cerca',
  ),
  en: split(
    'Weekly Ad; Big Summer Savings!; Fresh deals this week; Stock up and save; Back to school; Weekend specials; Everyday low prices; Farm fresh',
  ),
};

export const dates = {
  es: split(
    'Del 12 al 18 de marzo de 2025; Válido del 01/04 al 15/04/2025; Hasta el 30 de junio; Desde el jueves 6 de febrero; Del 3 al 9 de abril de 2024; Sábado 7 y domingo 8 de octubre; Ofertas del 21/11 al 4/12; Solo el miércoles 19; Del 28 de diciembre al 5 de enero',
  ),
  en: split(
    'Valid 03/12/2025 - 03/18/2025; Prices good through Sunday, June 8; Wednesday May 7 - Tuesday May 13; Sale ends October 31; Effective 9/4 to 9/10',
  ),
};

export const legal = {
  es: splitLines(`
    Ofertas válidas en península y Baleares, salvo error tipográfico o fin de existencias.
    Precios en euros, IVA incluido. Promoción no acumulable a otras ofertas. Consulta condiciones en tu tienda.
    Máximo 5 unidades por cliente y día. Las imágenes son orientativas. Atención al cliente: 900 314 159.
    Los menores de 18 años no pueden comprar alcohol. Bebe con moderación: es tu responsabilidad.
    Descuento aplicado en caja al presentar la tarjeta. El importe se acumula en un vale válido hasta el 31/12/2025.
    Producto sujeto a disponibilidad en cada establecimiento. Peso aproximado; el precio final se calcula al pesar la pieza.
    Impreso en papel procedente de bosques gestionados de forma sostenible. No lo tires a la vía pública.
    (*) Coste del envío: 5,90 €. Gratis a partir de 60,00 € de compra. ¿Dudas? Pregunta en nuestra línea de atención.`),
  en: splitLines(`
    Prices valid while supplies last. We reserve the right to limit quantities and correct printing errors.
    No rain checks. Some items may not be available in all stores. Call 1-800-555-0142 for details.
    Club card required for advertised savings. Discount taken at the register. Deposit not included.
    Artwork is for display purposes only and does not necessarily represent items on sale.`),
};

export const people = split(
  'Inés Albarracín; Begoña Zúñiga; Martín Iglesias; Lucía Peñarrubia; Álvaro Quiñones; Rocío Bermúdez; Andrés Villafañe; Noemí Sáenz; Óscar Muñiz; Úrsula Ibáñez; Thomas Whitfield; Eleanor Marsh; Gregory Hale; Priya Nair; Deborah Kinsella; Walter Oyelaran; Hannah Brightwell; Simon Atherley',
);

export const streets = {
  es: split(
    'Calle del Almendro, 14; Avenida de la Constitución, 203; Plaza Mayor, 5, 2.º B; Paseo de la Estación, 88; Camino de la Viña, s/n; Ronda Norte, 41, bajo; Travesía del Olmo, 7',
  ),
  en: split(
    '14 Quarry Lane; 2203 Larkspur Avenue; Unit 6, Mill Road; 77 Harbour Street; 310 West Juniper Blvd; 9 Chapel Row',
  ),
};

export const towns = {
  es: split(
    '28013 Madrid; 41004 Sevilla; 46021 Valencia; 15001 A Coruña; 29620 Torremolinos; 37002 Salamanca; 06800 Mérida; 24001 León',
  ),
  en: split('Bristol BS1 4QD; Leeds LS6 2AB; Portland, OR 97205; Dayton, OH 45402; Norwich NR2 1TF; Austin, TX 78704'),
};

export const companies = split(
  'Suministros Peñalver, S.L.; Grupo Añil Distribución, S.A.; Talleres Ibáñez y Cía.; Cooperativa La Cañada; Norte & Sur Logística; Harrow and Pike Ltd.; Bluewater Trading Co.; Kestrel Analytics Inc.; Meridian Foods LLC; Stonegate Partners',
);

/** Sentences for letters, contracts and articles; `{…}` are filled by {@link sentence}. */
const sentences = {
  es: splitLines(`
    Le escribimos en relación con el pedido número {number}, que según nuestros registros se entregó el {day} de {month}.
    Durante el último trimestre, las ventas de la sección de lácteos crecieron un {percent} respecto al mismo periodo del año anterior.
    El proveedor se compromete a entregar la mercancía en un plazo máximo de {small} días hábiles desde la confirmación.
    No obstante, la campaña de promoción obtuvo resultados desiguales: en algunas ciudades apenas se notó, mientras que en otras agotó las existencias.
    {person} recuerda que la empresa empezó en un pequeño almacén junto al río, con dos furgonetas y una báscula prestada.
    ¿Cómo explicar que los clientes prefieran un envase más caro? La respuesta está, según los técnicos, en la confianza.
    El importe total asciende a {money}, impuestos incluidos, y deberá abonarse antes del {day} de {month} de {year}.
    Además, se recomienda conservar el producto en un lugar fresco y seco, lejos de la luz directa del sol.
    La investigación señala que siete de cada diez hogares comparan los folletos antes de salir a comprar.
    Cualquier modificación de las presentes condiciones habrá de formalizarse por escrito y con la firma de ambas partes.
    Aquella mañana, el mercado estaba casi vacío; sólo se oía el rumor de las cámaras frigoríficas y alguna conversación lejana.
    Según {person}, responsable de compras, «la clave consiste en llegar antes que los demás, aunque sea con menos surtido».
    En caso de incumplimiento, la parte perjudicada podrá exigir una indemnización equivalente al {percent} del precio pactado.
    Quedamos a su disposición para cualquier aclaración y aprovechamos la ocasión para saludarle atentamente.
    Las encuestas, realizadas entre {number} personas mayores de edad, muestran una opinión más favorable que la de {year}.
    El nuevo yogur, elaborado con leche de pequeñas granjas, llegará a {small} provincias antes de que acabe el otoño.
    Nadie esperaba, sin embargo, que la competencia respondiera tan rápido ni con descuentos tan agresivos.
    Se adjunta copia del albarán, así como las fotografías que muestran los daños en el embalaje.
    La duración del contrato será de {small} años, prorrogables tácitamente por periodos iguales salvo aviso con un mes de antelación.
    Por último, agradecemos la colaboración de quienes respondieron al cuestionario y a los equipos de las tiendas.`),
  en: splitLines(`
    We are writing about order number {number}, which our records show was delivered on {day} {emonth}.
    During the last quarter, sales in the dairy aisle grew by {percent} compared with the same period a year earlier.
    The supplier shall deliver the goods within {small} working days of written confirmation by the buyer.
    However, the results of the campaign were uneven: in some towns nobody noticed, while in others the shelves were bare by noon.
    {person} remembers when the company was a single warehouse by the river, with two vans and a borrowed scale.
    Why would shoppers choose the more expensive package? The answer, analysts say, comes down to trust.
    The total amount due is {emoney}, including tax, payable no later than {emonth} {day}, {year}.
    In addition, the product should be kept in a cool and dry place, away from direct sunlight and strong odours.
    The study found that seven out of ten households compare flyers before they decide where to shop.
    Any amendment to these terms shall be made in writing and signed by duly authorised representatives of both parties.
    That morning the market was almost empty; there was only the hum of the freezers and a quiet voice somewhere behind the counter.
    According to {person}, head of purchasing, "the point is to arrive before everyone else, even with a smaller range".
    In the event of a breach, the injured party may claim compensation equal to {percent} of the agreed price.
    Please do not hesitate to contact us should you require any further information regarding this matter.
    The survey of {number} adults shows a more favourable view of the brand than the one taken in {year}.
    The new yogurt, made with milk from small farms, will reach {small} counties before the end of autumn.
    Nobody expected, though, that competitors would react so quickly or with discounts as deep as these.
    A copy of the delivery note is enclosed, together with photographs showing the damage to the packaging.
    This agreement shall remain in force for {small} years and renew automatically unless either party gives a month's notice.
    Finally, we would like to thank everyone who answered the questionnaire and the teams in our stores.`),
};

const months = split(
  'enero; febrero; marzo; abril; mayo; junio; julio; agosto; septiembre; octubre; noviembre; diciembre',
);
const englishMonths = split(
  'January; February; March; April; May; June; July; August; September; October; November; December',
);

const grouped = (value, separator) => String(value).replace(/\B(?=(\d{3})+$)/g, separator);

/** One filled sentence. */
export function sentence(language, random) {
  const cents = String(random.integer(0, 99)).padStart(2, '0');
  const fillers = {
    number: () => String(random.integer(1200, 98_000)),
    small: () => String(random.integer(2, 30)),
    day: () => String(random.integer(1, 28)),
    month: () => random.pick(months),
    emonth: () => random.pick(englishMonths),
    year: () => String(random.integer(2015, 2026)),
    percent: () =>
      language === 'es'
        ? `${random.integer(1, 48)},${random.integer(0, 9)} %`
        : `${random.integer(1, 48)}.${random.integer(0, 9)}%`,
    money: () => `${grouped(random.integer(100, 48_000), '.')},${cents} €`,
    emoney: () => `$${grouped(random.integer(100, 48_000), ',')}.${cents}`,
    person: () => random.pick(people),
  };
  return random.pick(sentences[language]).replace(/\{(\w+)\}/g, (_, name) => fillers[name]());
}

/** `count` sentences, none twice in a row. */
export function paragraph(language, random, count) {
  const chosen = [];
  while (chosen.length < count) {
    const next = sentence(language, random);
    if (next.slice(0, 20) !== chosen.at(-1)?.slice(0, 20)) chosen.push(next);
  }
  return chosen.join(' ');
}

/** Texts are put into HTML: `&` and `<` are escaped. */
export const html = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
